"""What the person's own page cannot do, in the words that they read; translated like the rest of the portal."""

from django.utils.translation import gettext_lazy as _

NOT_NOW = _("Das geht gerade nicht. Bitte rufen Sie uns an.")
NO_STEP = _("Diesen Schritt gibt es nicht mehr.")
NOT_YOUR_STEP = _("Diesen Schritt macht jemand anders.")
TOO_LONG = _("Der Text ist zu lang: höchstens %d Zeichen.")
NOTHING_SAID = _("Bitte sagen Sie zu mindestens einem Bereich etwas.")
NO_SUCH_ANSWER = _("Diese Antwort gibt es nicht. Bitte wählen Sie noch einmal.")
