from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("casework", "0020_tasks_by_themselves")]

    operations = [ValidateConstraint(model_name="task", name="only_done_task_says_by_whom")]
