"""Passwords that whoever knows the network would try first."""

import re

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
