"""What cannot wait in a case: pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tragnetz.casework.enums import LifeDomain, Need

SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Urgent:
    """Something to see to: in words, with its day if it has one, and the page that helps (`steps`, `goals`, ...)."""

    page: str
    text: str
    is_late: bool = False


def _of_deadlines(today: date, days: list[date]) -> list[Urgent]:
    over = sum(1 for day in days if day < today)
    near = sum(1 for day in days if today <= day <= today + SOON)
    found = []
    if over:
        words = ngettext("%s Frist vorbei", "%s Fristen vorbei", over) % over
        found.append(Urgent("deadlines", words, is_late=True))
    if near:
        words = (
            ngettext("%s Frist in den nächsten sieben Tagen", "%s Fristen in den nächsten sieben Tagen", near) % near
        )
        found.append(Urgent("deadlines", words, is_late=True))
    return found


def urgent_points(
    *,
    today: date,
    steps: Iterable[date | None],
    tasks: Iterable[date],
    reviews: Iterable[date | None],
    needs: Iterable[tuple[str, str]],
    deadlines: Iterable[date] = (),
    claims: tuple[int, int] = (0, 0),
    talks_over: int = 0,
) -> list[Urgent]:
    """Return what cannot wait, the most pressing first.

    `steps`, `tasks`, `reviews`, `deadlines` are the days of what is open; `needs` pairs of domain and
    urgency; `claims` to how many an office wants an answer, and how many must be renewed; `talks_over` how many
    contacts short counselling had beyond its measure.
    """
    found = _of_deadlines(today, list(deadlines))
    found += [
        Urgent("ratings", _("%s: sofort etwas tun") % LifeDomain(domain).label, is_late=True)
        for domain, urgency in needs
        if urgency == Need.NOW
    ]
    asked, renew = claims
    if asked:
        words = ngettext("%s Rückfrage zu einem Antrag", "%s Rückfragen zu Anträgen", asked) % asked
        found.append(Urgent("claims", words, is_late=True))
    late = sum(1 for day in steps if day is not None and day < today)
    if late:
        found.append(
            Urgent("steps", ngettext("%s Schritt überfällig", "%s Schritte überfällig", late) % late, is_late=True)
        )
    overdue = sum(1 for day in tasks if day < today)
    if overdue:
        words = ngettext("%s Aufgabe überfällig", "%s Aufgaben überfällig", overdue) % overdue
        found.append(Urgent("team", words, is_late=True))
    if renew:
        words = ngettext("%s Leistung weiter beantragen", "%s Leistungen weiter beantragen", renew) % renew
        found.append(Urgent("claims", words))
    looks = sum(1 for day in reviews if day is not None and day <= today + SOON)
    if looks:
        found.append(Urgent("goals", ngettext("%s Ziel ansehen", "%s Ziele ansehen", looks) % looks))
    if talks_over > 0:
        found.append(Urgent("level", _("Mehr als drei Gespräche: Passt eine Fallbegleitung besser?")))
    return found
