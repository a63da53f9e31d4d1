from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # nobody waits while the index is built
    dependencies = [("appointments", "0005_call_about_a_talk")]

    operations = [
        AddIndexConcurrently(
            "callback",
            models.Index(condition=models.Q(("about__isnull", False)), fields=["about"], name="callback_about"),
        ),
    ]
