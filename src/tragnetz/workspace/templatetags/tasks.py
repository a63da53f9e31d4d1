"""Template tag for the button that says a task is done."""

from django import template

from tragnetz.casework.closing.rules import AFTER_CARE
from tragnetz.casework.enums import AfterCare
from tragnetz.casework.models import Task

register = template.Library()


@register.inclusion_tag("workspace/counselling/settle.html", takes_context=True)
def settle(context: template.RequestContext, task: Task, *, team: bool = False) -> dict[str, object]:
    """Show the button; where one was to ask how it goes, the answers to tick. `team`: back to the page of the case."""
    answers = AfterCare.choices if task.kind in AFTER_CARE else []
    return {"task": task, "team": team, "answers": answers, "csrf_token": context.get("csrf_token")}
