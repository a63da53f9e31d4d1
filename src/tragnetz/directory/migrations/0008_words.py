"""The words of services, each once, so that a misspelled one is compared with some thousand words, not with services.

Triggers add them with each statement that writes services, whoever wrote it. In order: two imports that add the same
words wait for each other, and never in a circle.
"""

import django.contrib.postgres.indexes
import django.db.models.deletion
import tragnetz.core.ids
from django.db import migrations, models


def add_words(name: str, rows: str) -> str:
    return f"""
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO directory_word (id, network_id, word)
        SELECT gen_random_uuid(), network_id, word FROM (
            SELECT DISTINCT written.network_id, word FROM {rows}, string_to_table(written.search_words, ' ') AS word
            WHERE length(word) >= 3 ORDER BY network_id, word
        ) AS words
        ON CONFLICT (network_id, word) DO NOTHING;
    RETURN NULL;
END $$;
"""


CHANGED = "written JOIN before ON before.id = written.id AND before.search_words <> written.search_words"
FUNCTIONS = f"""
{add_words("directory_words_of_new", "written")}
{add_words("directory_words_of_changed", CHANGED)}
CREATE TRIGGER directory_words_of_new AFTER INSERT ON directory_service
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION directory_words_of_new();
CREATE TRIGGER directory_words_of_changed AFTER UPDATE ON directory_service
    REFERENCING OLD TABLE AS before NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION directory_words_of_changed();
"""
NO_FUNCTIONS = """
DROP TRIGGER directory_words_of_changed ON directory_service;
DROP TRIGGER directory_words_of_new ON directory_service;
DROP FUNCTION directory_words_of_changed();
DROP FUNCTION directory_words_of_new();
"""
OF_ALL = """
INSERT INTO directory_word (id, network_id, word)
    SELECT gen_random_uuid(), network_id, word FROM (
        SELECT DISTINCT network_id, word FROM directory_service, string_to_table(search_words, ' ') AS word
        WHERE length(word) >= 3
    ) AS words
"""


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0007_history'),
        ('network', '0007_membership_last_day'),
    ]

    operations = [
        migrations.CreateModel(
            name='Word',
            fields=[
                ('id', models.UUIDField(default=tragnetz.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('word', models.TextField()),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.network')),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('word', name='gin_trgm_ops'), gin_pending_list_limit=512, name='word_trigram')],
                'constraints': [models.UniqueConstraint(fields=('network', 'word'), name='word_is_unique')],
            },
        ),
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        migrations.RunSQL(OF_ALL, migrations.RunSQL.noop),
    ]
