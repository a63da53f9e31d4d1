"""Who gives a paper out, and which benefit of the rules a service is that bears another name."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("directory", "0015_office_due"),
    ]

    operations = [
        migrations.AddField(
            "paper",
            "authority",
            models.ForeignKey(
                db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="issues",
                to="directory.authority",
            ),
        ),
        migrations.AddField(
            "paper",
            "service",
            models.ForeignKey(
                db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="issues",
                to="directory.service",
            ),
        ),
        migrations.AddField(
            "service",
            "gives",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.SlugField(max_length=80), db_default=[], default=list
            ),
        ),
        AddConstraintNotValid(
            "paper",
            models.CheckConstraint(
                condition=models.Q(("authority", None), ("service", None), _connector="OR"),
                name="paper_has_one_issuer",
            ),
        ),
    ]
