"""Offices, too, know of each fact who confirmed it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0013_words_of_changed_rows")]

    operations = [
        migrations.AddField("office", "truth", models.JSONField(db_default={}, default=dict)),
        migrations.AddField("office", "review_on", models.DateField(null=True)),
    ]
