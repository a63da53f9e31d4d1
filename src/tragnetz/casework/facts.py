"""What is known of a household, as rules ask for it."""

import json
from typing import Any

from tragnetz.clients.models import Household
from tragnetz.eligibility.facts import FactError, Facts, clean_facts


def facts_of(household: Household) -> dict[str, Any]:
    """Return what is known of a household, as it was written."""
    found: dict[str, Any] = json.loads(household.facts) if household.facts else {}
    return found


def known_facts(household: Household) -> Facts:
    """Return what is known of a household, as far as the facts of today can say it: nothing of an older version."""
    try:
        return clean_facts(facts_of(household))
    except FactError:
        return {}
