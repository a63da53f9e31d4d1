"""Offices get a key, so that a load finds them again; the history is of organisations, sites and offices, too."""

from django.db import migrations, models

# As `city.format.office_keys` makes them.
GIVE_KEYS = """
UPDATE directory_office AS office
SET key = left(found.whole, 76) || CASE WHEN found.number > 1 THEN '-' || found.number ELSE '' END
FROM (
    SELECT row.id, authority.key || '-' || organisation.key AS whole, row_number() OVER (
        PARTITION BY row.network_id, left(authority.key || '-' || organisation.key, 76) ORDER BY row.position, row.id
    ) AS number
    FROM directory_office AS row
    JOIN directory_authority AS authority ON authority.id = row.authority_id
    JOIN network_organisation AS organisation ON organisation.id = row.organisation_id
) AS found
WHERE found.id = office.id;
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [("network", "0008_edited"), ("directory", "0006_edition")]

    operations = [
        migrations.AddField("office", "edited", models.BooleanField(default=False)),
        migrations.AddField("office", "key", models.SlugField(default="", max_length=80), preserve_default=False),
        migrations.RunSQL(GIVE_KEYS, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "office", models.UniqueConstraint(fields=["network", "key"], name="office_key_is_unique")
        ),
        migrations.AddField(
            "revision",
            "subject",
            models.CharField(
                choices=[
                    ("service", "Eintrag"), ("organisation", "Organisation"), ("site", "Ort"), ("office", "Stelle"),
                ],
                default="service",
                max_length=12,
            ),
        ),
        migrations.RemoveConstraint("revision", "revision_number_is_unique"),
        migrations.AddConstraint(
            "revision",
            models.UniqueConstraint(
                fields=["network", "subject", "key", "number"], name="revision_number_is_unique"
            ),
        ),
    ]  # fmt: skip
