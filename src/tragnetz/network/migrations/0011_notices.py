from django.db import migrations, models


class Migration(migrations.Migration):
    """What the pages of law name: of the city, and of each organisation."""

    dependencies = [("network", "0010_deadline_mails")]

    operations = [
        migrations.AddField("network", "notices", models.JSONField(default=dict)),
        migrations.AddField("organisation", "privacy", models.JSONField(default=dict)),
    ]
