from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("network", "0007_membership_last_day")]

    operations = [
        migrations.AddField("organisation", "edited", models.BooleanField(default=False)),
        migrations.AddField("site", "edited", models.BooleanField(default=False)),
    ]
