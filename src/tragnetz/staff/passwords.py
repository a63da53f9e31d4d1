"""Passwords that whoever knows the network would try first."""

import re

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tragnetz.network.models import Network, Organisation, User
from tragnetz.network.scope import current_network_id

LEFT = 8  # so many letters must be left without the words below
SHORTEST = 4  # shorter words of a name (of, und) are everywhere
# docs/login.md names this list: what every installation has in common; names of the network come from its own data.
WORDS = frozenset({
    "tragnetz", "passwort", "password", "kennwort", "beratung", "beraten", "beraterin", "berater", "willkommen",
    "hallo", "geheim", "verwaltung", "administrator", "admin", "sozial", "caritas", "diakonie", "sommer", "winter",
    "herbst", "fruehling", "frühling", "qwertz", "qwerty", "asdf", "yxcv",
})  # fmt: skip


# What Germans take besides the world's common ones, which Django's list has: it holds hardly any German word.
GERMAN = frozenset({
    "sonne", "sonnenschein", "sonnenblume", "sternenhimmel", "sternchen", "schmetterling", "schatz", "schatzi",
    "schatzilein", "liebe", "liebling", "ichliebedich", "ichhassedich", "herzchen", "engelchen", "schutzengel",
    "prinzessin", "maus", "mausi", "mauschen", "maeuschen", "mäuschen", "hase", "hasi", "haeschen", "baerchen",
    "bärchen", "teddybaer", "teddybär", "katze", "kaetzchen", "hund", "hunde", "pferd", "pferde", "fussball",
    "fußball", "handball", "basketball", "bundesliga", "schalke", "schalke04", "borussia", "dortmund", "bayern",
    "fcbayern", "vfbstuttgart", "werder", "gladbach", "schweinsteiger", "ronaldinho", "deutschland", "germany",
    "berlin", "hamburg", "muenchen", "münchen", "stuttgart", "frankfurt", "bochum", "herne", "essen", "ruhrpott",
    "westfalen", "nordrhein", "urlaub", "weihnachten", "geburtstag", "feuerwehr", "polizei", "bundeswehr",
    "motorrad", "auto", "fahrrad", "computer", "internet", "telefon", "handy", "fenster", "schule", "lehrer",
    "gymnasium", "praktikum", "hausaufgaben", "hausmeister", "arbeit", "buero", "büro", "familie", "mama", "mami",
    "papa", "oma", "opa", "mutter", "vater", "kinder", "tochter", "deinemutter", "deinemudda", "arschloch",
    "arschgesicht", "scheisse", "scheiße", "schlampe", "fickdich", "hurensohn", "leckmich", "niemals",
    "vergessen", "alleswirdgut", "wasgehtab", "keineahnung", "schokolade", "erdbeere", "banane", "kartoffel",
    "leberwurst", "currywurst", "schnitzel", "schneewittchen", "rotkaeppchen", "dornroeschen", "zimmermann",
    "schneider", "mueller", "müller", "schmidt", "meinpasswort", "passwort", "kennwort", "hallo", "geheim",
    "test", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag", "januar", "februar",
    "april", "august", "september", "oktober", "november", "dezember", "qwertz", "qwertzuiop", "asdfghjkl",
    "yxcvbnm", "qayxsw", "qaywsx",
})  # fmt: skip
MOST_PIECES, RUN, LONGEST_LOOKED_AT = 2, 5, 64


class CommonPiecesValidator(CommonPasswordValidator):
    """Refuses a common password, and what is put together of two: of Django's 20,000, less than 200 have twelve signs.

    `sebastian123`, `manchesterunited` and `sonnenschein2026` are none of them, and among the first that a thief tries.
    """

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError when the password is made of one or two common ones, or of a short text repeated."""
        super().validate(password, user)
        text = password.lower().strip()
        again = (text + text).find(text, 1)  # from here on it begins anew
        unit = text[:again]
        if len(unit) < LEFT or (len(unit) <= LONGEST_LOOKED_AT and self._pieces(unit) <= MOST_PIECES):
            raise ValidationError(
                _("Dieses Passwort ist leicht zu raten: Es besteht fast nur aus sehr häufigen Wörtern oder Zahlen."),
                code="password_too_common",
            )

    def _pieces(self, text: str) -> int:
        """Return into how few pieces that anybody tries a text can be cut: common ones, a sign repeated, digits."""
        fewest = [0]
        for end in range(1, len(text) + 1):
            fewest.append(1 + min(fewest[start] for start in range(end) if self._is_tried(text[start:end])))
        return fewest[-1]

    def _is_tried(self, piece: str) -> bool:
        return (
            len(set(piece)) == 1
            or piece in self.passwords
            or piece in GERMAN
            or (len(piece) <= RUN and not any(sign.isalpha() for sign in piece))
        )


class OwnWordsValidator:
    """Refuses a password that is little more than names of this network, a season and a year."""

    def validate(self, password: str, user: User | None = None) -> None:  # noqa: ARG002 -- Django's interface
        """Raise ValidationError when too little is left without the words."""
        network = Network.objects.get(pk=current_network_id())
        if network.is_demo:  # everybody knows the demo's password
            return
        left = password.lower()
        for word in sorted(WORDS | _names(network), key=len, reverse=True):
            left = left.replace(word, "")
        if left != password.lower() and sum(sign.isalpha() for sign in left) < LEFT:
            raise ValidationError(
                str(_("Dieses Passwort ist leicht zu raten: Es besteht fast nur aus Namen von hier.")), code="own_words"
            )

    def get_help_text(self) -> str:
        """Say what is asked for."""
        return str(_("Das Passwort darf nicht fast nur aus Namen Ihres Netzes bestehen."))


def _names(network: Network) -> set[str]:
    """Return the words in the names of the network and of who belongs to it."""
    names = [
        *network.name.values(),
        network.key,
        *Organisation.objects.filter(is_member=True).values_list("name", flat=True),
    ]
    words = {word for name in names for word in re.findall(r"\w+", str(name).lower())}
    return {word for word in words if len(word) >= SHORTEST}
