"""The policy: which role may do what with which of the things of a network. One table, and everything else comes of it.

`access.py` of each app asks it for checks and turns a reach into a query; docs/access.md is printed from it; the matrix
of tests is generated from it. A deed that is not in the table is refused to everybody.
"""

from collections.abc import Iterable, Mapping
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from tragnetz.network.enums import Role

if TYPE_CHECKING:
    from tragnetz.network.actors import Actor


class Reach(IntEnum):
    """How far a role reaches with a deed. A wider one holds the narrower."""

    NONE = 0
    OWN = 1  # one's own, and that of those for whom one deputises
    ORGANISATION = 2
    NETWORK = 3


class Deed(StrEnum):
    """What somebody does with something: `noun:verb`."""

    DESK_USE = "desk:use"
    ENQUIRY_READ = "enquiry:read"
    BOOKING_READ = "booking:read"
    CALLBACK_READ = "callback:read"
    WAITING_READ = "waiting:read"
    CONTACT_CHANGE = "contact:change"
    MESSAGE_HANDLE = "message:handle"
    CASE_READ = "case:read"
    CASE_WRITE = "case:write"
    EMERGENCY_TAKE = "emergency:take"
    EMERGENCY_SEE = "emergency:see"
    EMERGENCY_SETTLE = "emergency:settle"
    KEYS_KEEP = "keys:keep"
    CASE_END = "case:end"
    CASE_JOIN = "case:join"
    CASE_HAND_OVER = "case:hand_over"
    TASK_DO = "task:do"
    TEXT_KEEP = "text:keep"
    LETTER_WORDING_KEEP = "letter_wording:keep"
    FEEDBACK_SEE = "feedback:see"
    WAITS_SEE = "waits:see"
    OFFICE_LOOK_UP = "office:look_up"
    DIRECTORY_EDIT = "directory:edit"
    PLAN_SEE = "plan:see"
    PLAN_CHANGE = "plan:change"
    ABSENCE_ENTER = "absence:enter"
    LINE_PICK_UP = "line:pick_up"
    LINE_PLAN = "line:plan"
    GROUP_SEE = "group:see"
    GROUP_PLAN = "group:plan"
    FEED_HAVE = "feed:have"
    STAFF_MANAGE = "staff:manage"
    STATE_SEE = "state:see"
    REMARK_ANSWER = "remark:answer"
    CONSENT_TAKE = "consent:take"
    CONSENT_DUE = "consent:due"
    RELEASED_READ = "released:read"
    PERSON_FIND = "person:find"
    CASELOAD_SEE = "caseload:see"
    CASELOAD_PLAN = "caseload:plan"
    AUDIT_READ = "audit:read"
    TRAIL_READ = "trail:read"
    RESTRICTED_READ = "restricted:read"
    RIGHTS_TAKE = "rights:take"
    RIGHTS_SEE = "rights:see"
    RIGHTS_HANDLE = "rights:handle"
    RETENTION_SEE = "retention:see"
    RETENTION_PROPOSE = "retention:propose"
    RETENTION_CONFIRM = "retention:confirm"
    RETENTION_SET = "retention:set"
    OWN_ACCESS_GIVE = "own_access:give"
    REFERRAL_ANSWER = "referral:answer"
    PARTICIPATION_TAKE = "participation:take"
    PARTICIPATION_SEE = "participation:see"
    FIGURES_SEE = "figures:see"
    INTERPRETER_ASK = "interpreter:ask"
    INTERPRETER_KEEP = "interpreter:keep"
    SNAPSHOT_KEEP = "snapshot:keep"
    TIMESHEET_KEEP = "timesheet:keep"
    TIMESHEET_APPROVE = "timesheet:approve"
    SHARE_PLAN = "share:plan"
    HOURS_SEE = "hours:see"


_OWN, _ORG, _ALL = Reach.OWN, Reach.ORGANISATION, Reach.NETWORK
_INTAKE, _COUNSELLOR, _LEAD, _DPO = Role.INTAKE, Role.COUNSELLOR, Role.LEAD, Role.DPO

POLICY: Mapping[Deed, Mapping[Role, Reach]] = {
    Deed.DESK_USE: {_INTAKE: _ORG, _COUNSELLOR: _ORG, _LEAD: _ORG},
    Deed.ENQUIRY_READ: {_INTAKE: _ORG, _COUNSELLOR: _OWN, _LEAD: _ORG},
    Deed.BOOKING_READ: {_INTAKE: _ORG, _COUNSELLOR: _OWN, _LEAD: _ORG},
    Deed.CALLBACK_READ: {_INTAKE: _ORG, _COUNSELLOR: _ORG, _LEAD: _ORG},
    Deed.WAITING_READ: {_INTAKE: _ORG, _COUNSELLOR: _ORG, _LEAD: _ORG},
    Deed.CONTACT_CHANGE: {_INTAKE: _ORG, _COUNSELLOR: _ORG, _LEAD: _ORG},
    Deed.MESSAGE_HANDLE: {_INTAKE: _ORG, _COUNSELLOR: _ORG, _LEAD: _ORG},
    Deed.CASE_READ: {_COUNSELLOR: _OWN, _LEAD: _ORG},
    Deed.CASE_WRITE: {_COUNSELLOR: _OWN, _LEAD: _ORG},
    Deed.EMERGENCY_TAKE: {_COUNSELLOR: _ORG, _LEAD: _ORG},
    Deed.EMERGENCY_SEE: {_LEAD: _ORG, Role.DPO: _ORG},
    Deed.EMERGENCY_SETTLE: {_LEAD: _ORG},
    Deed.KEYS_KEEP: {_LEAD: _ORG},
    Deed.CASE_END: {_COUNSELLOR: _OWN, _LEAD: _ORG},
    Deed.CASE_JOIN: {_COUNSELLOR: _OWN, _LEAD: _ORG},
    Deed.CASE_HAND_OVER: {_COUNSELLOR: _OWN, _LEAD: _ORG},
    Deed.TASK_DO: {_INTAKE: _OWN, _COUNSELLOR: _OWN, _LEAD: _ORG},
    Deed.TEXT_KEEP: {_COUNSELLOR: _ORG, _LEAD: _ORG},
    Deed.LETTER_WORDING_KEEP: {_LEAD: _ORG},
    Deed.FEEDBACK_SEE: {_COUNSELLOR: _ORG, _LEAD: _ORG},
    Deed.WAITS_SEE: {_LEAD: _ALL, Role.PROGRAMME: _ALL},
    Deed.OFFICE_LOOK_UP: {_INTAKE: _ALL, _COUNSELLOR: _ALL, _LEAD: _ALL, Role.CATALOGUE: _ALL},
    Deed.DIRECTORY_EDIT: {Role.CATALOGUE: _ALL},
    Deed.PLAN_SEE: {_INTAKE: _ALL, _COUNSELLOR: _ALL, _LEAD: _ALL},
    Deed.PLAN_CHANGE: {_LEAD: _ORG},
    Deed.ABSENCE_ENTER: {_COUNSELLOR: _OWN, _LEAD: _ORG},
    Deed.LINE_PICK_UP: {_INTAKE: _ALL, _COUNSELLOR: _ALL, _LEAD: _ALL},
    Deed.LINE_PLAN: {_LEAD: _ORG},
    Deed.GROUP_SEE: {_INTAKE: _ALL, _COUNSELLOR: _ALL, _LEAD: _ALL},
    Deed.GROUP_PLAN: {_COUNSELLOR: _ORG, _LEAD: _ORG},
    Deed.FEED_HAVE: {_COUNSELLOR: _OWN, _LEAD: _OWN},
    Deed.STAFF_MANAGE: {Role.ADMIN: _ORG},
    # Of the installation, and of one's own organisation in it.
    Deed.STATE_SEE: {Role.ADMIN: _ORG},
    # Of the whole site: whoever writes one belongs to nobody, and the editors answer for its texts.
    Deed.REMARK_ANSWER: {Role.CATALOGUE: _ALL, Role.ADMIN: _ALL},
    Deed.CONSENT_TAKE: {_COUNSELLOR: _OWN, _LEAD: _ORG},
    Deed.CONSENT_DUE: {_LEAD: _ORG},
    # What others' clients released to one's own organisation: see consent.
    Deed.RELEASED_READ: {_COUNSELLOR: _ORG, _LEAD: _ORG},
    Deed.PERSON_FIND: {_INTAKE: _ORG, _COUNSELLOR: _ORG, _LEAD: _ORG},
    Deed.CASELOAD_SEE: {_LEAD: _ORG},
    Deed.CASELOAD_PLAN: {_LEAD: _ORG},
    Deed.AUDIT_READ: {_DPO: _ORG},
    Deed.TRAIL_READ: {_COUNSELLOR: _OWN, _LEAD: _ORG, _DPO: _ORG},
    Deed.RESTRICTED_READ: {_LEAD: _ORG},
    Deed.RIGHTS_TAKE: {_COUNSELLOR: _OWN, _LEAD: _ORG},
    Deed.RIGHTS_SEE: {_LEAD: _ORG, _DPO: _ORG},
    Deed.RIGHTS_HANDLE: {_LEAD: _ORG},
    Deed.RETENTION_SEE: {_LEAD: _ORG, _DPO: _ORG},
    Deed.RETENTION_PROPOSE: {_LEAD: _ORG, _DPO: _ORG},
    Deed.RETENTION_CONFIRM: {_LEAD: _ORG, _DPO: _ORG},
    Deed.RETENTION_SET: {_LEAD: _ORG, _DPO: _ORG},
    Deed.OWN_ACCESS_GIVE: {_COUNSELLOR: _OWN, _LEAD: _ORG},
    # What others refer to one's own organisation; to refer somebody is to write the case.
    Deed.REFERRAL_ANSWER: {_COUNSELLOR: _ORG, _LEAD: _ORG},
    Deed.PARTICIPATION_TAKE: {_COUNSELLOR: _OWN, _LEAD: _ORG},
    # By pseudonym; with a name only where the case is seen, too.
    Deed.PARTICIPATION_SEE: {_COUNSELLOR: _OWN, _LEAD: _ORG, Role.PROGRAMME: _ALL},
    # Figures of whole projects, never of one person or one counsellor.
    Deed.FIGURES_SEE: {_COUNSELLOR: _ALL, _LEAD: _ALL, Role.PROGRAMME: _ALL},
    # To ask one for a talk is for whoever sees that talk.
    Deed.INTERPRETER_ASK: {_INTAKE: _ORG, _COUNSELLOR: _ORG, _LEAD: _ORG},
    Deed.INTERPRETER_KEEP: {_LEAD: _ORG},
    # Exact figures and pseudonymous rows for a funder.
    Deed.SNAPSHOT_KEEP: {Role.PROGRAMME: _ALL},
    Deed.TIMESHEET_KEEP: {_INTAKE: _OWN, _COUNSELLOR: _OWN, _LEAD: _OWN, Role.PROGRAMME: _OWN},
    Deed.TIMESHEET_APPROVE: {_LEAD: _ORG},
    Deed.SHARE_PLAN: {_LEAD: _ORG},
    Deed.HOURS_SEE: {_LEAD: _ALL, Role.PROGRAMME: _ALL},
}


def widest(deed: Deed, roles: Iterable[Role]) -> Reach:
    """Return how far somebody with these roles reaches; a deed without a row reaches nothing."""
    row = POLICY.get(deed, {})
    return max((row.get(role, Reach.NONE) for role in roles), default=Reach.NONE)


def reach(actor: "Actor", deed: Deed) -> Reach:
    """Return how far an actor reaches: roles count for members of staff alone."""
    return widest(deed, actor.roles) if actor.is_staff else Reach.NONE


def may(actor: "Actor", deed: Deed) -> bool:
    """Whether an actor does this with anything at all."""
    return reach(actor, deed) > Reach.NONE


def who_may(deed: Deed) -> list[str]:
    """Return the roles that do this with anything at all: to find those to whom something may be given."""
    return sorted(POLICY.get(deed, {}))
