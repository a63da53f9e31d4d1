"""Each case gets its parts; what was written before belongs to the household's."""

import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models

import tragnetz.core.ids

FILL = """
INSERT INTO casework_compartment (id, network_id, case_id) SELECT gen_random_uuid(), network_id, id FROM casework_case;
UPDATE casework_note SET compartment_id = part.id FROM casework_compartment part WHERE part.case_id = casework_note.case_id;
UPDATE casework_step SET compartment_id = part.id FROM casework_compartment part WHERE part.case_id = casework_step.case_id;
SET CONSTRAINTS ALL IMMEDIATE;
"""


def _link(**options):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.CASCADE, related_name='+', to='casework.compartment', **options
    )


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0003_waiting_and_groups'),
        ('clients', '0002_letters'),
        ('network', '0006_closed_message'),
    ]

    operations = [
        migrations.CreateModel(
            name='Compartment',
            fields=[
                ('id', models.UUIDField(default=tragnetz.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='compartments', to='casework.case')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.network')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='compartments', to='clients.person')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('case', 'person'), name='one_compartment_of_a_case_per_person', nulls_distinct=False)],
            },
        ),
        migrations.AddField('note', 'compartment', _link(null=True)),
        migrations.AddField('step', 'compartment', _link(null=True)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField('note', 'compartment', _link()),
        migrations.AlterField('step', 'compartment', _link()),
    ]
