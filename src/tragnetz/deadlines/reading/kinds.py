"""The kinds of letters, by what they say."""

import re
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Kind:
    """A kind of letter: its name, the rule that it starts (if any), what to do, and the words by which one knows it.

    `words` are patterns with a weight; in the heading of a letter they count double. `names_a_day` says that the letter
    itself sets the day.
    """

    key: str
    label: str
    rule: str
    next: str
    words: tuple[tuple[str, int], ...]
    names_a_day: bool = False

    @cached_property
    def patterns(self) -> tuple[tuple[re.Pattern[str], int], ...]:
        """The words, ready to search."""
        return tuple((re.compile(pattern, re.IGNORECASE), weight) for pattern, weight in self.words)


KINDS: tuple[Kind, ...] = (
    Kind(
        "objection_decision", "Widerspruchsbescheid", "social_court", "Klage prüfen. Die Frist ist kurz.",
        (
            (r"\bwiderspruchsbescheid", 7), (r"widerspruch\b[^.]{0,60}(zurückgewiesen|unbegründet)", 4),
            (r"klage\b[^.]{0,60}sozialgericht", 3),
        ),
    ),
    Kind(
        "enforcement_order", "Vollstreckungsbescheid", "enforcement_order",
        "Einspruch prüfen. Danach darf gepfändet werden.",
        ((r"\bvollstreckungsbescheid\b", 6), (r"\beinspruch\b", 2), (r"amtsgericht|mahngericht", 1)),
    ),
    Kind(
        "payment_order", "Mahnbescheid vom Gericht", "payment_order", "Forderung prüfen. Ist sie falsch: Widerspruch.",
        ((r"\bmahnbescheid\b", 6), (r"mahngericht|mahnverfahren", 3), (r"widerspruch[^.]{0,60}(vordruck|formular)", 2)),
    ),
    Kind(
        "lawsuit", "Klage vom Gericht (zum Beispiel Räumungsklage)", "defence",
        "Dem Gericht schreiben, dass die Person sich verteidigt. Bei Mietschulden sofort Hilfe suchen.",
        (
            (r"räumungsklage", 6), (r"schriftliches vorverfahren", 5), (r"verteidigungs(absicht|anzeige)", 4),
            (r"notfrist von zwei wochen", 3), (r"klageschrift", 3), (r"\b(amts|land)gericht\b", 1),
        ),
    ),
    Kind(
        "power_cut", "Sperre von Strom oder Gas", "power_cut",
        "Beim Versorger Raten verlangen (Abwendungsvereinbarung). Jobcenter oder Sozialamt fragen.",
        (
            (r"(strom|gas|energie|versorgungs)[- ]?(sperre|sperrung|unterbrechung)", 6),
            (r"unterbrechung (der|ihrer) (strom|gas|energie)?versorgung", 6), (r"abwendungsvereinbarung", 4),
            (r"versorgung[^.]{0,40}(unterbrechen|unterbrochen|eingestellt|sperren)", 4), (r"stromgvv|gasgvv", 3),
        ),
    ),
    Kind(
        "dismissal", "Kündigung der Arbeit", "dismissal",
        "Klage prüfen lassen und bei der Agentur für Arbeit arbeitsuchend melden.",
        (
            (r"kündig\w*[^.]{0,80}(arbeits|beschäftigungs|anstellungs)(verhältnis|vertrag)", 6),
            (r"(arbeits|beschäftigungs)(verhältnis|vertrag)[^.]{0,80}(kündig|beende)", 6),
            (r"arbeitsuchend", 2), (r"arbeitszeugnis|resturlaub", 2), (r"betriebsrat", 1),
        ),
    ),
    Kind(
        "tenancy", "Kündigung der Wohnung", "tenancy_objection",
        "Mietrecht prüfen lassen. Bei Mietschulden: Jobcenter, Sozialamt oder Wohnungssicherung sofort einschalten.",
        (
            (r"kündig\w*[^.]{0,80}(mietverhältnis|mietvertrag|wohnung|mietraum)", 6),
            (r"(mietverhältnis|mietvertrag)[^.]{0,80}kündig", 6), (r"eigenbedarf", 3),
            (r"mietrückst|zahlungsverzug", 2), (r"räumen|herausgabe|wohnungsübergabe", 1),
        ),
    ),
    Kind(
        "hearing", "Anhörung", "hearing", "Antworten, bevor entschieden wird.",
        (
            (r"\banhörung\b", 5), (r"§ ?24 (abs\. ?1 )?(sgb x|zehntes)", 4),
            (r"gelegenheit[^.]{0,80}(äußern|stellung)", 4),
            (r"(beabsichtig\w*|vorgesehen)[^.]{0,80}(aufzuheben|zurückzu|erstatt|minder|festzusetzen)", 2),
        ),
        names_a_day=True,
    ),
    Kind(
        "cooperate", "Unterlagen nachreichen (Mitwirkung)", "cooperate",
        "Unterlagen besorgen, abgeben, Eingang bestätigen lassen.",
        (
            (r"aufforderung zur mitwirkung", 6), (r"mitwirkung", 3), (r"§§? ?(60|66)[^.]{0,40}(sgb i\b|erstes)", 3),
            (r"(fehlende|folgende|noch benötigte)[^.]{0,20} unterlagen", 3),
            (r"(reichen|legen)[^.]{0,80}(ein|vor|nach)\b", 1),
            (r"versag(t|en|ung)|entzieh|entzogen", 1),
        ),
        names_a_day=True,
    ),
    Kind(
        "invitation", "Einladung zu einem Termin", "appointment", "Hingehen oder vorher absagen und den Grund belegen.",
        (
            (r"\beinladung\b", 5), (r"meldeaufforderung", 5), (r"§ ?309 sgb iii", 4), (r"§ ?59 sgb ii\b", 3),
            (r"(lade\w*|bitten?) (ich )?sie[^.]{0,60}(gespräch|termin)", 3), (r"bringen sie[^.]{0,60}mit", 1),
        ),
        names_a_day=True,
    ),
    Kind(
        "decision", "Bescheid", "objection", "Prüfen, ob der Bescheid stimmt. Wenn nicht: Widerspruch.",
        (
            (r"(^|\n)[^\n]{0,60}bescheid\b", 3),
            (r"(bewilligung|ablehnung|änderung|aufhebung|erstattung|festsetzung)s?-?bescheid", 4),
            (r"rechtsbehelfsbelehrung", 3), (r"gegen diesen bescheid", 3),
            (r"lehne(n wir)?[^.]{0,60}antrag|wir lehnen[^.]{0,60}ab\b", 4),
            (r"innerhalb eines monats[^.]{0,60}widerspruch", 3),
            (r"(ihr\w* )?antrag[^.]{0,60}(lehne ich|wird[^.]{0,30}abgelehnt|abgelehnt|bewillig|entsprochen)", 3),
        ),
    ),
    Kind(
        "dunning", "Mahnung oder Inkasso", "office_day",
        "Forderung prüfen. Nicht unterschreiben, bevor sie geprüft ist.",
        (
            (r"\b(letzte |zweite |\d\. )?mahnung\b", 4), (r"inkasso", 4),
            (r"offene[nr]? (forderung|betrag|rechnung)", 3),
            (r"überweisen sie", 2), (r"gerichtliche[^.]{0,20} mahnverfahren", 1),
        ),
        names_a_day=True,
    ),
)  # fmt: skip
BY_KEY = {kind.key: kind for kind in KINDS}
