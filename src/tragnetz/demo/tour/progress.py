"""Where somebody is on the tour: kept in a signed cookie alone; what is done is read from the audit trail."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.core.signing import BadSignature, SignatureExpired
from django.http import HttpRequest, HttpResponse

from tragnetz.audit.models import Event
from tragnetz.demo.own import CODE
from tragnetz.demo.tour.roles import PARTS, Part, Task
from tragnetz.network.models import Locality

COOKIE, SALT = "tour", "demo-tour"
SECONDS = 8 * 3600


@dataclass(frozen=True, slots=True)
class State:
    """Which part somebody plays, since when; `user` who they are, `case` and `code` of a partner's referral."""

    part: str
    since: str
    user: str = ""
    case: str = ""
    code: str = ""
    secret: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A task as the panel shows it."""

    task: Task
    story: str
    way: str
    done: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """The panel: the part, its tasks, how many are done, and the first that is not."""

    part: Part
    state: State
    lines: Sequence[Line]

    @property
    def done(self) -> int:
        """How many tasks are done."""
        return sum(line.done for line in self.lines)

    @property
    def next(self) -> Line | None:
        """The first task that is not done."""
        return next((line for line in self.lines if not line.done), None)


def remember(response: HttpResponse, state: State) -> None:
    """Put the state into the answer's cookie."""
    response.set_signed_cookie(
        COOKIE, json.dumps(asdict(state)), salt=SALT, max_age=SECONDS, httponly=True, samesite="Lax"
    )


def state_of(request: HttpRequest) -> State | None:
    """Return the state of a request; nothing without a cookie of ours."""
    try:
        kept = request.get_signed_cookie(COOKIE, "", salt=SALT, max_age=SECONDS)
        state = State(**json.loads(kept)) if kept else None
    except (BadSignature, SignatureExpired, ValueError, TypeError):
        return None
    return state if state is not None and state.part in PARTS else None


def progress_of(state: State) -> Progress:
    """Return how far somebody is, from the events since they began."""
    part = PARTS[state.part]
    place = Locality.objects.order_by("key").values_list("name", flat=True).first() or ""
    words = {"place": place, "code": state.code or CODE}
    found = _events(state, part)
    lines = [
        Line(task, task.story.format(**words), task.way.format(**words), any(_shows(one, task) for one in found))
        for task in part.tasks
    ]
    return Progress(part, state, lines)


def _events(state: State, part: Part) -> list[tuple[str, str, dict[str, object]]]:
    verbs = {verb for task in part.tasks for verb in task.verbs}
    rows = Event.objects.filter(at__gte=datetime.fromisoformat(state.since), verb__in=verbs)
    if state.user:
        rows = rows.filter(user_id=uuid.UUID(state.user))
    elif state.case:
        rows = rows.filter(object_id=uuid.UUID(state.case))
    return list(rows.values_list("actor_kind", "verb", "details"))


def _shows(event: tuple[str, str, dict[str, object]], task: Task) -> bool:
    kind, verb, details = event
    return kind == task.kind and verb in task.verbs and all(details.get(key) == one for key, one in task.told.items())
