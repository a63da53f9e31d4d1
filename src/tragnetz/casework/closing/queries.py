"""Find the other case of a household."""

from tragnetz.casework.access import visible_cases
from tragnetz.casework.models import Case
from tragnetz.network.actors import Actor

LOOKED_AT, MOST = 2_000, 20


def same_household(actor: Actor, case: Case, words: str) -> list[Case]:
    """Return cases that the actor sees whose name holds all words, the latest first; `case` itself is none of them.

    Names are sealed, so the latest 2,000 cases are opened and looked at; older ones are not found.
    """
    wanted = words.casefold().split()
    if not wanted:
        return []
    rows = visible_cases(actor).filter(merged_into=None).exclude(pk=case.pk).exclude(contact=None)
    found = []
    for row in rows.select_related("contact", "counsellor__user")[:LOOKED_AT]:
        name = row.contact.name.casefold() if row.contact else ""
        if all(word in name for word in wanted):
            found.append(row)
            if len(found) == MOST:
                break
    return found
