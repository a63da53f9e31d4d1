from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0003_hsds"),
    ]

    operations = [
        migrations.AddField(model_name="locality", name="latitude", field=models.FloatField(null=True)),
        migrations.AddField(model_name="locality", name="longitude", field=models.FloatField(null=True)),
    ]
