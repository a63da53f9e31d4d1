import django.db.models.deletion
import tragnetz.core.ids
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('appointments', '0004_interpreters'),
        ('casework', '0021_tasks_by_themselves_checked'),
        ('network', '0012_network_of_pairs'),
        ('reporting', '0014_snapshots_end'),
    ]

    operations = [
        migrations.CreateModel(
            name='OwnQuestion',
            fields=[
                ('id', models.UUIDField(default=tragnetz.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('moment', models.CharField(choices=[('entry', 'beim Eintritt'), ('exit', 'beim Austritt, bis vier Wochen danach'), ('six_months', 'sechs Monate nach dem Austritt')], max_length=10)),
                ('state', models.CharField(choices=[('asked', 'gefragt, die Antwort steht noch aus'), ('to_call', 'bitte anrufen'), ('answered', 'hat selbst geantwortet'), ('refused', 'möchte nicht antworten'), ('settled', 'von der Beratung gefragt'), ('stopped', 'wird nicht gefragt')], default='asked', max_length=10)),
                ('way', models.CharField(blank=True, choices=[('sms', 'SMS'), ('email', 'E-Mail'), ('page', 'eigene Seite'), ('letter', 'Brief'), ('call', 'Anruf')], max_length=10)),
                ('stop', models.CharField(blank=True, choices=[('objected', 'Die Einwilligung ist widerrufen.'), ('not_wanted', 'Nach dem Ende des Falls soll niemand nachfragen.'), ('said_no', 'Die Person möchte nicht gefragt werden.'), ('died', 'Die Person ist verstorben.'), ('restricted', 'Die Daten sind eingeschränkt.'), ('gone', 'Den Fall gibt es nicht mehr.')], max_length=12)),
                ('secret_hash', models.CharField(blank=True, max_length=64)),
                ('asked_on', models.DateField()),
                ('reminded_on', models.DateField(null=True)),
                ('expires_at', models.DateTimeField()),
                ('ended_on', models.DateField(null=True)),
                ('told', models.JSONField(default=dict)),
                ('wants_help', models.BooleanField(default=False)),
                ('callback', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='appointments.callback')),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.network')),
                ('participation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='own_questions', to='reporting.participation')),
                ('task', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='casework.task')),
            ],
            options={
                'ordering': ['asked_on', 'id'],
                'indexes': [
                    models.Index(condition=models.Q(('state', 'asked')), fields=['asked_on'], name='own_question_waiting'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('participation', 'moment'), name='own_question_is_asked_once'),
                    models.UniqueConstraint(condition=models.Q(('secret_hash', ''), _negated=True), fields=('secret_hash',), name='own_question_link_is_unique'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'stopped'), models.Q(('stop', ''), _negated=True)), models.Q(models.Q(('state', 'stopped'), _negated=True), ('stop', '')), _connector='OR'), name='own_question_stopped_says_why'),
                    models.CheckConstraint(condition=models.Q(models.Q(('ended_on', None), ('state__in', ['asked', 'to_call'])), models.Q(models.Q(('state__in', ['asked', 'to_call']), _negated=True), ('ended_on__isnull', False)), _connector='OR'), name='own_question_ended_says_when'),
                    models.CheckConstraint(condition=models.Q(('state__in', ['answered', 'refused']), models.Q(('told', {}), ('wants_help', False)), _connector='OR'), name='only_who_answers_tells'),
                ],
            },
        ),
        migrations.AddField(
            model_name='answers',
            name='correction',
            field=models.CharField(blank=True, db_default='', choices=[('slip', 'Die Person hat sich verklickt.'), ('misread', 'Die Person hat die Frage anders verstanden.'), ('proof', 'Es liegt ein Nachweis vor.'), ('changed', 'Die Person hat es später anders gesagt.')], max_length=8),
        ),
        migrations.AddField(
            model_name='answers',
            name='told_by',
            field=models.CharField(choices=[('staff', 'von der Beratung eingetragen'), ('link', 'selbst beantwortet, über den Link'), ('page', 'selbst beantwortet, auf der eigenen Seite')], db_default='staff', default='staff', max_length=5),
        ),
        migrations.AlterField(
            model_name='answers',
            name='author',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.membership'),
        ),
        AddConstraintNotValid(
            model_name='answers',
            constraint=models.CheckConstraint(condition=models.Q(('author__isnull', False), models.Q(('correction', ''), ('told_by__in', ['link', 'page'])), _connector='OR'), name='answers_without_author_are_own'),
        ),
        AddConstraintNotValid(
            model_name='answers',
            constraint=models.CheckConstraint(condition=models.Q(('correction', ''), models.Q(('told_by', 'staff'), _negated=True), _connector='OR'), name='only_own_answers_are_corrected'),
        ),
    ]
