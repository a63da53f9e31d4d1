from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0004_locality_middle'),
    ]

    operations = [
        migrations.AddField(
            model_name='locality',
            name='outline',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='locality',
            name='tile',
            field=models.JSONField(default=dict),
        ),
    ]
