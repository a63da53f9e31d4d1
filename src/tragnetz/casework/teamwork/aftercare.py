"""Tasks to ask how somebody is, when the person says so by themselves: they wait, are answered, or fall away."""

from datetime import date, timedelta

from tragnetz.casework.compartments import compartment_of
from tragnetz.casework.enums import AfterCare, TaskKind
from tragnetz.casework.models import Case, Task

NEAR = timedelta(days=31)  # a question after the end of the case that comes soon is asked along with another one


def open_after_care(case: Case, today: date) -> Task | None:
    """Return the open task to ask six months after the end of a case, if it is due or near."""
    rows = Task.objects.filter(case=case, kind=TaskKind.AFTER_6, done_on=None, due_on__lte=today + NEAR)
    return rows.order_by("due_on", "pk").first()


def tell_after_care(task: Task, answer: AfterCare, today: date) -> None:
    """Keep what somebody said by themselves to the question of a task: nobody has to ask any more."""
    task.answer, task.done_on, task.done_by = answer, today, None
    task.save(update_fields=["answer", "done_on", "done_by"])


def settle_by_itself(task: Task, today: date) -> None:
    """End a task that nobody has to do any more."""
    Task.objects.filter(pk=task.pk, done_on=None).update(done_on=today, done_by=None)


def let_wait(task: Task, until: date) -> None:
    """Give an open task a later day, never an earlier one."""
    Task.objects.filter(pk=task.pk, done_on=None, due_on__lt=until).update(due_on=until)


def give_by_itself(case: Case, text: str, due_on: date) -> Task:
    """Give the counsellor of a case a task that nobody gave them but the course of things."""
    task = Task(
        network=case.network, case=case, compartment=compartment_of(case), text=text, assignee_id=case.counsellor_id,
        due_on=due_on,
    )  # fmt: skip
    task.save()
    return task
