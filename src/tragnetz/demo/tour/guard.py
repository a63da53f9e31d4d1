"""Whether there is a tour at all. Each view and the panel ask it, whatever the addresses say."""

from django.conf import settings

from tragnetz.network.models import Network


def is_open(network: Network | None) -> bool:
    """Whether this is a demo and nothing but a demo: no production, and no real network beside it."""
    if settings.PRODUCTION or network is None or not network.is_demo:
        return False
    return not Network.objects.filter(is_demo=False).exists()
