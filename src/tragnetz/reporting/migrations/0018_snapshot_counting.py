"""Fixed figures keep what was asked and counted when they were fixed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reporting", "0017_network_leaves")]

    operations = [
        migrations.AddField(
            model_name="snapshot", name="counting", field=models.JSONField(db_default={}, default=dict)
        ),
    ]
