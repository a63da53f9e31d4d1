"""Offices, too, know of each fact who confirmed it; what the city's folder confirmed is due when its facts fade."""

from django.db import migrations, models

# Half a year for what changes soon, else a year, as in `truth.rules.INTERVALS`; what nobody confirmed is due without a day.
DUE = """
UPDATE directory_office
SET review_on = (checked ->> 'on')::date
    + CASE WHEN phone <> '' OR url <> '' OR hours <> '[]'::jsonb THEN 180 ELSE 365 END
WHERE checked ->> 'state' = 'confirmed';
"""


class Migration(migrations.Migration):
    dependencies = [("directory", "0013_words_of_changed_rows")]

    operations = [
        migrations.AddField("office", "truth", models.JSONField(db_default={}, default=dict)),
        migrations.AddField("office", "review_on", models.DateField(null=True)),
        migrations.RunSQL(DUE, migrations.RunSQL.noop),
    ]
