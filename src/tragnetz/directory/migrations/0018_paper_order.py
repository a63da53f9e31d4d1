import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    """Which papers of a service come first; empty: by their keys, as before, until the service is written again."""

    dependencies = [("directory", "0017_one_issuer")]

    operations = [
        migrations.AddField(
            "service",
            "paper_order",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.SlugField(max_length=80), db_default=[], default=list, size=None
            ),
        )
    ]
