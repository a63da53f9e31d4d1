from django.db import migrations, models


class Migration(migrations.Migration):
    """By which request a goal, a look at it, a step, a task or an event was made."""

    dependencies = [("casework", "0021_tasks_by_themselves_checked")]

    operations = [
        migrations.AddField(
            name, "request_key", models.CharField(max_length=40, blank=True, default="", db_default="")
        )
        for name in ("goal", "goalreview", "step", "task", "lifeevent")
    ]
