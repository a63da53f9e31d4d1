"""What allauth asks about second factors."""

import base64

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _

from tragnetz.config.accounts import texts
from tragnetz.core.texts import choose
from tragnetz.network.models import Network, User
from tragnetz.network.scope import current_network_id
from tragnetz.vault.sealing import CannotOpenError, keys_for, open_sealed, seal

PURPOSE = "second-factor"


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    """Our words; and secrets of apps and recovery codes are sealed, so that a stolen table opens no account."""

    error_messages = DefaultMFAAdapter.error_messages | {
        name: text for name, text in texts.ERRORS.items() if name in DefaultMFAAdapter.error_messages
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret."""
        return base64.b64encode(seal(text.encode(), keys_for(PURPOSE)[0])).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret. Raises CannotOpenError when no key of the ring fits."""
        sealed = base64.b64decode(encrypted_text)
        for key in keys_for(PURPOSE):
            try:
                return open_sealed(sealed, key).decode()
            except CannotOpenError:
                continue
        raise CannotOpenError

    def get_totp_issuer(self) -> str:
        """Return the name that an app shows: the network's."""
        return choose(Network.objects.get(pk=current_network_id()).name, "de").text

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return the name that a key shows, beside the host."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": self.get_totp_issuer()}

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 -- allauth's interface
        """Return a name for somebody's next key."""
        count = Authenticator.objects.filter(user=user, type=type).count()
        return _("Schlüssel %(number)d") % {"number": count + 1}
