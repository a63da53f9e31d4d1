import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("appointments", "0004_interpreters")]

    operations = [
        migrations.AddField(
            "callback",
            "about",
            models.ForeignKey(
                db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="calls",
                to="appointments.booking",
            ),
        ),
        migrations.AlterField(
            "callback",
            "state",
            models.CharField(
                choices=[
                    ("open", "offen"), ("done", "erledigt"), ("not_reached", "nicht erreicht"),
                    ("spared", "nicht mehr nötig"),
                ],
                default="open", max_length=12,
            ),
        ),
    ]  # fmt: skip
