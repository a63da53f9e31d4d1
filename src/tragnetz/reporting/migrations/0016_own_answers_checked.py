from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("reporting", "0015_own_questions")]

    operations = [
        ValidateConstraint(model_name="answers", name="answers_without_author_are_own"),
        ValidateConstraint(model_name="answers", name="only_own_answers_are_corrected"),
    ]
