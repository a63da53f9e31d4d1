from django.db import migrations, models


class Migration(migrations.Migration):
    """On which days of each year a city is closed, though they are no holidays."""

    dependencies = [("network", "0014_truth")]

    operations = [migrations.AddField("network", "closing_days", models.JSONField(db_default={}, default=dict))]
