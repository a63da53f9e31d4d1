from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("network", "0013_frozen")]

    operations = [
        migrations.AddField("organisation", "truth", models.JSONField(db_default={}, default=dict)),
        migrations.AddField("organisation", "review_on", models.DateField(null=True)),
        migrations.AddField("site", "truth", models.JSONField(db_default={}, default=dict)),
        migrations.AddField("site", "review_on", models.DateField(null=True)),
    ]
