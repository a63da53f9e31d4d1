"""What can go wrong with consents, in words for whoever takes them down."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tragnetz.consent.rules import MOST_MONTHS, Problem
from tragnetz.core.errors import TragnetzError


class ConsentError(TragnetzError):
    """Something that cannot be allowed, signed or withdrawn like this."""


# Problem -> field of the form, and what to say.
WORDS: dict[Problem, tuple[str, Promise | str]] = {
    Problem.NO_GROUPS: ("groups", _("Bitte wählen Sie, um welche Angaben es geht.")),
    Problem.GIVEN_LATER: ("given_on", _("Dieser Tag liegt in der Zukunft.")),
    Problem.ENDS_BEFORE: ("until", _("Das Ende liegt schon in der Vergangenheit.")),
    Problem.TOO_LONG: ("until", _("Höchstens %(months)d Monate. Danach fragen wir neu.") % {"months": MOST_MONTHS}),
    Problem.NO_WITNESS: ("witness", _("Vor wem wurde es gesagt? Ohne Zeugin oder Zeugen gilt es nicht.")),
    Problem.NO_SIGNATURE: ("signed_on", _("Wann wurde unterschrieben?")),
    Problem.SIGNED_LATER: ("signed_on", _("Dieser Tag liegt in der Zukunft.")),
    Problem.NO_PROOF: ("proof", _("Wie lässt es sich nachweisen? Zum Beispiel: E-Mail vom 3. Mai.")),
    Problem.NO_DUE_DAY: ("signature_due", _("§ 8 KDG: in der Regel schriftlich. Bis wann kommt die Unterschrift?")),
    Problem.DUE_BEFORE: ("signature_due", _("Dieser Tag liegt vor dem Tag der Zusage.")),
    Problem.NO_SIGNER: ("signer_name", _("Bitte schreiben Sie, wer für die Person entscheidet.")),
    Problem.NO_CAPACITY: (
        "capacity_noted",
        _("Bei Minderjährigen: Versteht die Person, was sie erlaubt? Sonst entscheiden die Sorgeberechtigten."),
    ),
    Problem.NO_SPEAKER: ("speakers", _("Bitte wählen Sie, wer sprechen darf.")),
    Problem.NO_RECIPIENT: ("to_organisation", _("Mit wem darf gesprochen werden? Eine Stelle muss genannt sein.")),
    Problem.TWO_RECIPIENTS: ("to_outside", _("Nur eine Stelle je Freigabe. Für die zweite legen Sie eine eigene an.")),
    Problem.EVERYBODY: ("to_outside", _("„Alle“ gilt nicht. Bitte nennen Sie eine bestimmte Stelle oder Person.")),
    Problem.TO_THEMSELVES: ("to_organisation", _("Diese Stelle steht schon bei denen, die sprechen dürfen.")),
    Problem.NO_TOPIC: ("topic", _("Worüber darf gesprochen werden?")),
}  # fmt: skip


class TermsError(ConsentError):
    """What was taken down cannot be kept; `problems` say why."""

    def __init__(self, found: list[Problem]) -> None:
        super().__init__(" ".join(str(WORDS[problem][1]) for problem in found))
        self.problems = found
