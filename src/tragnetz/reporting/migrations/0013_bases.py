"""Which results a participation can have at all is kept with it, as its codes are."""

import django.contrib.postgres.fields
from django.db import migrations, models

from tragnetz.reporting.lines.derive import bases_of
from tragnetz.reporting.lines.line import lines

BATCH = 2000


def fill(apps, _editor):
    """Derive it from the answers at the entry."""
    answers = apps.get_model("reporting", "Answers")._base_manager
    rows = answers.filter(moment="entry", participation__is_countable=True).select_related("participation__programme")
    changed = []
    for row in rows.iterator(chunk_size=BATCH):
        line = lines().get(row.participation.programme.line)
        if line is not None:
            row.participation.bases = bases_of(line, {"entry": row.answers})
            changed.append(row.participation)
    apps.get_model("reporting", "Participation")._base_manager.bulk_update(changed, ["bases"], batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("reporting", "0012_one_sheet_of_figures")]

    operations = [
        migrations.AddField(
            model_name="participation",
            name="bases",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=6), default=list, size=None
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
