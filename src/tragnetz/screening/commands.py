"""Verbs: keep a city's rules, keep a check."""

import hashlib
from collections.abc import Sequence

from tragnetz.network.models import Network
from tragnetz.screening.models import RuleFile


def put_rules(network: Network, files: Sequence[tuple[str, str]]) -> None:
    """Keep a city's rule files, by name and text, in the order in which they are read."""
    RuleFile.objects.all().delete()
    RuleFile.objects.bulk_create(
        RuleFile(
            network=network, position=position, name=name, text=text, digest=hashlib.sha256(text.encode()).hexdigest()
        )
        for position, (name, text) in enumerate(files)
    )
