import django.db.models.deletion
import django.utils.timezone
import tragnetz.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0018_plan_taking'),
        ('network', '0010_deadline_mails'),
        ('referrals', '0002_keys_go_along'),
        ('reporting', '0010_timesheets'),
    ]

    operations = [
        migrations.CreateModel(
            name='EndDecision',
            fields=[
                ('id', models.UUIDField(default=tragnetz.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('way', models.CharField(choices=[('stays', 'Die Hilfe geht bei uns weiter, ohne das Projekt'), ('moves', 'Ein anderes Projekt übernimmt'), ('handed', 'Eine andere Organisation übernimmt, mit Freigabe'), ('closes', 'Der Fall endet, wir fragen später nach')], max_length=8)),
                ('state', models.CharField(choices=[('decided', 'entschieden'), ('done', 'umgesetzt'), ('replaced', 'durch eine neue Entscheidung ersetzt')], default='decided', max_length=8)),
                ('decided_on', models.DateField()),
                ('done_on', models.DateField(null=True)),
                ('request_key', models.CharField(max_length=64)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('asker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.membership')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.membership')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='end_decisions', to='casework.case')),
                ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.membership')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.network')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='end_decisions', to='network.programme')),
                ('referral', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='referrals.referral')),
                ('to_programme', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.programme')),
            ],
            options={
                'ordering': ['-created_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='PlannedQuestion',
            fields=[
                ('id', models.UUIDField(default=tragnetz.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('ask_on', models.DateField()),
                ('planned_on', models.DateField()),
                ('asker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.membership')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.membership')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.network')),
                ('participation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='planned_question', to='reporting.participation')),
                ('task', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='casework.task')),
            ],
            options={
                'ordering': ['ask_on', 'id'],
            },
        ),
        migrations.AddConstraint(
            model_name='enddecision',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['decided', 'done'])), fields=('programme', 'case'), name='one_end_decision_holds'),
        ),
        migrations.AddConstraint(
            model_name='enddecision',
            constraint=models.UniqueConstraint(fields=('network', 'request_key'), name='end_decision_request_is_unique'),
        ),
        migrations.AddConstraint(
            model_name='enddecision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('done_by__isnull', False), ('done_on__isnull', False), ('state', 'done')), models.Q(('done_by', None), ('done_on', None), ('state', 'decided')), ('state', 'replaced'), _connector='OR'), name='end_decision_done_says_when_and_by_whom'),
        ),
        migrations.AddConstraint(
            model_name='enddecision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('to_programme__isnull', False), ('way', 'moves')), models.Q(models.Q(('way', 'moves'), _negated=True), ('to_programme', None)), _connector='OR'), name='end_decision_moves_to_a_project'),
        ),
        migrations.AddConstraint(
            model_name='enddecision',
            constraint=models.CheckConstraint(condition=models.Q(('way', 'handed'), ('referral', None), _connector='OR'), name='only_what_is_handed_has_a_referral'),
        ),
    ]
