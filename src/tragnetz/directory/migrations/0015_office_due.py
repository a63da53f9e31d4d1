"""What the city's folder confirmed of offices is due when its facts fade."""

from django.db import migrations

# Half a year for what changes soon, else a year, as in `truth.rules.INTERVALS`; what nobody confirmed is due without a day.
DUE = """
UPDATE directory_office
SET review_on = (checked ->> 'on')::date
    + CASE WHEN phone <> '' OR url <> '' OR hours <> '[]'::jsonb THEN 180 ELSE 365 END
WHERE checked ->> 'state' = 'confirmed';
"""


class Migration(migrations.Migration):
    dependencies = [("directory", "0014_truth_of_offices")]

    operations = [migrations.RunSQL(DUE, migrations.RunSQL.noop)]
