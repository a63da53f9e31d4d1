"""The only door to people's records: what is not visible does not exist.

Programme managers, data-protection officers, administrators and catalogue editors see no person here.
"""

import uuid
from collections.abc import Sequence

from django.db.models import Model, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from tragnetz.appointments.enums import CallbackState
from tragnetz.appointments.models import Booking, Callback, WaitingEntry
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.models import Case, EmergencyAccess, Enquiry, Feedback, Task, TextTemplate
from tragnetz.clients.access import unrestricted
from tragnetz.consent.enums import DataGroup
from tragnetz.consent.queries import Asked, anything_released, covers_of, shared_part_released
from tragnetz.consent.rules import Cover
from tragnetz.core.clock import now, today
from tragnetz.network.actors import Actor
from tragnetz.network.policy import Deed, Reach, may, reach

_WORKING_ON_IT = ("counsellor", "deputy")


def visible_cases(actor: Actor, *, group: DataGroup | None = None) -> QuerySet[Case]:
    """Return the cases of the counsellor, those they deputise for or opened in an emergency; for the lead all.

    All are of the own organisation. With a `group` also those of other organisations whose household released just that
    to one's own. Without it none of theirs: a page that does not say which group it shows, shows nothing to others.
    """
    rows = Case.objects.filter(organisation=actor.organisation_id)
    if not may(actor, Deed.RESTRICTED_READ):
        rows = rows.filter(restricted_on=None)
    working = Q(counsellor=actor.membership_id) | Q(deputy=actor.membership_id) | Q(pk__in=_opened_in_emergency(actor))
    own = _within(rows, reach(actor, Deed.CASE_READ), working)
    if group is None:
        return own
    return Case.objects.filter(
        Q(pk__in=own.order_by().values("pk")) | Q(pk__in=released_cases(actor, group=group).order_by().values("pk"))
    )


def sees_team(actor: Actor) -> bool:
    """Whether somebody sees the cases of all of their organisation, with all that hangs on them."""
    return reach(actor, Deed.CASE_READ) >= Reach.ORGANISATION


def _opened_in_emergency(actor: Actor) -> QuerySet[EmergencyAccess, uuid.UUID]:
    rows = EmergencyAccess.objects.filter(membership=actor.membership_id, ends_at__gt=now())
    return rows.values_list("case_id", flat=True)


def released_cases(actor: Actor, *, group: DataGroup | None = None) -> QuerySet[Case]:
    """Return the cases of other organisations of which something was released to the actor's, and still is.

    Asked in the database at its own now, so that a withdrawal holds at the next query. With `group`: of which all who
    decide released that group of the shared part.
    """
    rows = Case.objects.exclude(organisation=actor.organisation_id).filter(restricted_on=None)
    if not may(actor, Deed.RELEASED_READ) or actor.organisation_id is None:
        return rows.none()
    if group is None:
        return rows.filter(
            anything_released(
                household=OuterRef("household"), recipient=actor.organisation_id, speaker=OuterRef("organisation"),
                counsellors=[OuterRef(name) for name in _WORKING_ON_IT],
            )
        )  # fmt: skip
    return rows.filter(
        shared_part_released(
            household=OuterRef("household"), recipient=actor.organisation_id, speaker="organisation",
            counsellors=_WORKING_ON_IT, group=group, on=today(actor.network.zone),
        )
    )  # fmt: skip


def released_groups(actor: Actor, case: Case) -> Cover:
    """Return what an actor may see of a case at this moment: all of one's own; of a foreign one what was released."""
    if visible_cases(actor).filter(pk=case.pk).exists():
        everything = frozenset(DataGroup.values)
        people = case.household.people.values_list("pk", flat=True)
        return Cover(everything, dict.fromkeys(people, everything))
    return covers_of_foreign(actor, [case])[0]


def covers_of_foreign(actor: Actor, cases: Sequence[Case]) -> list[Cover]:
    """Return for each case what was released of it to the actor's organisation; of its own cases nothing."""
    if not may(actor, Deed.RELEASED_READ) or actor.organisation_id is None:
        return [Cover()] * len(cases)
    asked = [
        Asked(case.household_id, case.organisation_id, frozenset(filter(None, (case.counsellor_id, case.deputy_id))))
        for case in cases
    ]
    covers = covers_of(asked, recipient=actor.organisation_id, on=today(actor.network.zone))
    own = actor.organisation_id
    return [Cover() if case.organisation_id == own else cover for case, cover in zip(cases, covers, strict=True)]


def visible_bookings(actor: Actor) -> QuerySet[Booking]:
    """Return the bookings of the counsellor and of those they accompany; for lead and desk the organisation's."""
    rows = Booking.objects.filter(membership__organisation=actor.organisation_id)
    accompanied = visible_cases(actor).order_by().values("contact")
    own = Q(membership=actor.membership_id) | Q(contact__in=accompanied)
    return _within(unrestricted(actor, rows), reach(actor, Deed.BOOKING_READ), own)


def visible_enquiries(actor: Actor) -> QuerySet[Enquiry]:
    """Return the enquiries of the organisation for desk and lead; for a counsellor those booked with them."""
    rows = Enquiry.objects.filter(organisation=actor.organisation_id)
    own = Q(booking__membership=actor.membership_id) | Q(taken_by=actor.membership_id)
    return _within(unrestricted(actor, rows), reach(actor, Deed.ENQUIRY_READ), own)


def _within[ModelT: Model](rows: QuerySet[ModelT], far: Reach, own: Q) -> QuerySet[ModelT]:
    """Return those of an organisation's rows that a reach covers."""
    if far >= Reach.ORGANISATION:
        return rows
    return rows.filter(own) if far == Reach.OWN else rows.none()


def visible_callbacks(actor: Actor) -> QuerySet[Callback]:
    """Return the open promises of the organisation, for those who phone."""
    return visible_promises(actor).filter(state=CallbackState.OPEN).select_related("contact", "district")


def visible_promises(actor: Actor) -> QuerySet[Callback]:
    """Return all promises of the organisation, settled ones too, for those who phone."""
    rows = Callback.objects.filter(organisation=actor.organisation_id)
    return unrestricted(actor, rows) if may(actor, Deed.CALLBACK_READ) else rows.none()


def visible_waiting(actor: Actor) -> QuerySet[WaitingEntry]:
    """Return who waits or has waited for a time of the organisation, for those who phone."""
    rows = WaitingEntry.objects.filter(organisation=actor.organisation_id)
    return unrestricted(actor, rows) if may(actor, Deed.WAITING_READ) else rows.none()


def can_take_calls(actor: Actor) -> bool:
    """Whether somebody sits at the desk: intake, and counsellors who step in."""
    return may(actor, Deed.DESK_USE)


def can_counsel(actor: Actor) -> bool:
    """Whether somebody works on cases."""
    return may(actor, Deed.CASE_WRITE)


def can_see_waits(actor: Actor) -> bool:
    """Whether somebody sees how long people wait, over all organisations: figures without names."""
    return may(actor, Deed.WAITS_SEE)


def can_look_up(actor: Actor) -> bool:
    """Whether somebody asks which office decides: those who phone, and those who keep the directory."""
    return may(actor, Deed.OFFICE_LOOK_UP)


def must(actor: Actor, deed: Deed, case: Case) -> None:
    """Raise CaseworkError unless the actor does this with this case; one that was merged is left alone."""
    rows = Case.objects.filter(organisation=actor.organisation_id, pk=case.pk, merged_into=None)
    own = Q(counsellor=actor.membership_id) | Q(deputy=actor.membership_id)
    if deed == Deed.CASE_WRITE:
        own |= Q(pk__in=_opened_in_emergency(actor))
    row = _within(rows, reach(actor, deed), own).only("restricted_on").first()
    if row is None or (row.restricted_on is not None and not may(actor, Deed.RESTRICTED_READ)):
        raise CaseworkError(_("Diesen Fall gibt es nicht."))
    if row.restricted_on is not None:
        raise CaseworkError(_("Dieser Fall ist eingeschränkt. Er darf nur aufbewahrt und nicht geändert werden."))


def must_write(actor: Actor, case: Case) -> None:
    """Raise CaseworkError unless the actor works on this case."""
    must(actor, Deed.CASE_WRITE, case)


def member_of(actor: Actor) -> uuid.UUID:
    """Return whose hand it is; raises CaseworkError for whoever is no member of staff."""
    if actor.membership_id is None:
        raise CaseworkError(_("Bitte melden Sie sich an."))
    return actor.membership_id


def organisation_of(actor: Actor) -> uuid.UUID:
    """Return whose data it becomes; raises CaseworkError for whoever belongs to no organisation."""
    if actor.organisation_id is None:
        raise CaseworkError(_("Bitte melden Sie sich an."))
    return actor.organisation_id


def visible_tasks(actor: Actor) -> QuerySet[Task]:
    """Return the tasks given to the actor, and those of the cases that the actor sees."""
    rows = Task.objects.filter(case__organisation=actor.organisation_id)
    own = Q(assignee=actor.membership_id) | Q(case__in=visible_cases(actor).order_by())
    return _within(rows, reach(actor, Deed.TASK_DO), own)


def can_do_tasks(actor: Actor) -> bool:
    """Whether colleagues may give somebody a task."""
    return may(actor, Deed.TASK_DO)


def visible_templates(actor: Actor) -> QuerySet[TextTemplate]:
    """Return the short texts of one's own organisation."""
    rows = TextTemplate.objects.filter(organisation=actor.organisation_id)
    return rows if may(actor, Deed.TEXT_KEEP) else rows.none()


def can_keep_texts(actor: Actor) -> bool:
    """Whether somebody keeps the short texts of their organisation."""
    return may(actor, Deed.TEXT_KEEP)


def visible_feedback(actor: Actor) -> QuerySet[Feedback]:
    """Return what people said about the help of one's own organisation: answers without names."""
    rows = Feedback.objects.filter(organisation=actor.organisation_id)
    return rows if may(actor, Deed.FEEDBACK_SEE) else rows.none()


def can_see_feedback(actor: Actor) -> bool:
    """Whether somebody asks for answers and sees what came of them."""
    return may(actor, Deed.FEEDBACK_SEE)
