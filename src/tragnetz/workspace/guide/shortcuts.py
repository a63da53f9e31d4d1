"""Shortcuts of the staff site: two keys one after the other, never a single letter. One table for all of them.

WCAG 2.1.4: they can be switched off (`keyboard.js`), and they do nothing while somebody types into a field.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# `g` and a letter lead to a page of the menu.
MENU: Mapping[str, str] = {
    "workspace:day": "t",
    "workspace:desk": "a",
    "workspace:callbacks": "r",
    "workspace:groups": "g",
    "workspace:messages": "n",
    "workspace:waiting": "w",
    "workspace:cases": "f",
    "workspace:referrals": "v",
    "workspace:projects": "p",
    "workspace:figures": "z",
    "workspace:waits": "i",
    "workspace:planning": "l",
    "workspace:catalogue": "e",
    "workspace:responsible": "u",
    "workspace:deadline_calculator": "s",
    "workspace:team": "m",
    "state": "o",
    "workspace:remarks": "k",
    "workspace:privacy": "d",
}
# `f` and a letter lead to a page of the case that is open; they stand at its links (counselling/head.html, case.html).
CASE: tuple[tuple[str, Promise], ...] = (
    ("f", _("Überblick")),
    ("n", _("Gespräch oder Notiz festhalten")),
    ("v", _("Verlauf")),
    ("h", _("Haushalt")),
    ("l", _("Lebenslagen")),
    ("z", _("Ziele")),
    ("r", _("Rechnen")),
    ("a", _("Anträge")),
    ("s", _("Fristen")),
    ("u", _("Unterlagen")),
    ("b", _("Briefe")),
    ("m", _("Vermittlungen")),
    ("p", _("Projekt")),
    ("g", _("Freigaben")),
)
# Keys that single pages have: the browser's own (Alt, on a Mac Ctrl and Alt), or of a list that has the focus.
PAGES: tuple[tuple[Promise, tuple[tuple[str, Promise], ...]], ...] = (
    (
        _("Telefon"),
        (
            ("Alt+1, 2, 3", _("die Zeit wählen")),
            ("Alt+N", _("zum Namen")),
            ("Alt+T", _("Termin buchen")),
            ("Alt+R", _("Rückruf versprechen")),
            ("Alt+W", _("Auf die Warteliste")),
            ("Alt+A", _("Nur Auskunft gegeben")),
        ),
    ),
    (
        _("Planung"),
        (
            ("Pfeiltasten", _("den gewählten Dienst verschieben, mit Umschalt länger oder kürzer machen")),
            ("Eingabe", _("das Formular mit den neuen Zeiten öffnen")),
            ("Alt+Bild auf, Alt+Bild ab", _("die Woche wechseln")),
        ),
    ),
    (
        _("Gruppen: Wer ist da"),
        (("D, E, N", _("in der Liste: da, entschuldigt, nicht da")),),
    ),
)


def keys_of(name: str) -> str:
    """Return the keys that lead to a page of the menu, as `keyboard.js` reads them; empty for a page without."""
    letter = MENU.get(name, "")
    return f"g {letter}" if letter else ""
