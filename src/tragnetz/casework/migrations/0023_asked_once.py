from django.db import migrations, models
from django.db.migrations.operations.base import Operation


def _once(model: str, name: str) -> Operation:
    """Return the rule of `casework.models.once`, its index built beside those who write."""
    rule = models.UniqueConstraint(
        fields=["case", "request_key"], condition=~models.Q(request_key=""), name=name
    )
    index = (
        f"CREATE UNIQUE INDEX CONCURRENTLY {name} ON casework_{model} (case_id, request_key) "
        "WHERE NOT (request_key = '')"
    )
    return migrations.SeparateDatabaseAndState(
        database_operations=[migrations.RunSQL(index, f"DROP INDEX CONCURRENTLY IF EXISTS {name}")],
        state_operations=[migrations.AddConstraint(model, rule)],
    )


class Migration(migrations.Migration):
    """A request makes one goal, one look at it, one step, one task, one event of a case."""

    atomic = False

    dependencies = [("casework", "0022_request_keys")]

    operations = [
        _once("goal", "goal_request_is_unique"),
        _once("goalreview", "review_request_is_unique"),
        _once("step", "step_request_is_unique"),
        _once("task", "task_request_is_unique"),
        _once("lifeevent", "event_request_is_unique"),
    ]
