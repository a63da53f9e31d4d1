"""A number for each state of a directory, given by triggers; and indexes that searches find in order.

A trigger waits until commit, so that the row of a network is locked only for an instant: nobody who edits waits for an
import. It writes once a statement, and a commit is one: a load of 100,000 rows gives one number. Numbers come from a
sequence, which no rollback takes back: no two states ever have the same.
"""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

# Rows with a network, and pairs of rows that find it by their first one: all that a search, a card or a list shows.
ROWS = (
    "directory_service", "directory_serviceatlocation", "directory_topic", "directory_paper", "directory_situation",
    "directory_authority", "directory_office",
    "network_organisation", "network_site", "network_locality", "network_district",
)
PAIRS = {
    "directory_service_topics": ("directory_service", "service_id"),
    "directory_service_papers": ("directory_service", "service_id"),
    "directory_service_districts": ("directory_service", "service_id"),
    "directory_situation_topics": ("directory_situation", "situation_id"),
    "directory_office_districts": ("directory_office", "office_id"),
}

FUNCTIONS = """
CREATE SEQUENCE directory_edition_number;
CREATE FUNCTION directory_new_edition(changed uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    mark text := changed || ' ' || statement_timestamp();
BEGIN
    IF mark = current_setting('tragnetz.edition', true) THEN
        RETURN;
    END IF;
    INSERT INTO directory_edition (network_id, number)
        SELECT id, nextval('directory_edition_number') FROM network_network WHERE id = changed
        ON CONFLICT (network_id) DO UPDATE SET number = excluded.number;
    PERFORM set_config('tragnetz.edition', mark, true);
END $$;
CREATE FUNCTION directory_row_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM directory_new_edition(coalesce(NEW.network_id, OLD.network_id));
    RETURN NULL;
END $$;
CREATE FUNCTION directory_pair_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    owner uuid := to_jsonb(coalesce(NEW, OLD)) ->> TG_ARGV[1];
    changed uuid;
BEGIN
    EXECUTE format('SELECT network_id FROM %I WHERE id = $1', TG_ARGV[0]) INTO changed USING owner;
    IF changed IS NOT NULL THEN  -- else the row itself has gone, and said so
        PERFORM directory_new_edition(changed);
    END IF;
    RETURN NULL;
END $$;
"""
NO_FUNCTIONS = """
DROP FUNCTION directory_pair_changed();
DROP FUNCTION directory_row_changed();
DROP FUNCTION directory_new_edition(uuid);
DROP SEQUENCE directory_edition_number;
"""


def trigger(table: str, run: str) -> str:
    return (
        f"CREATE CONSTRAINT TRIGGER directory_edition AFTER INSERT OR UPDATE OR DELETE ON {table}"
        f" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {run};\n"
    )


TRIGGERS = "".join(
    [
        *(trigger(table, "directory_row_changed()") for table in ROWS),
        *(trigger(table, f"directory_pair_changed('{owner}', '{key}')") for table, (owner, key) in PAIRS.items()),
    ]
)
NO_TRIGGERS = "".join(f"DROP TRIGGER directory_edition ON {table};\n" for table in (*ROWS, *PAIRS))


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0005_truth'),
        ('network', '0005_map'),
    ]

    operations = [
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('network', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='network.network')),
                ('number', models.BigIntegerField()),
            ],
        ),
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
        # What was written last waits in a list that each search has to walk: 512 kB of it, not four MB.
        migrations.RemoveIndex(
            model_name='service',
            name='service_search',
        ),
        migrations.RemoveIndex(
            model_name='service',
            name='service_words_trigram',
        ),
        migrations.AddIndex(
            model_name='service',
            index=django.contrib.postgres.indexes.GinIndex(gin_pending_list_limit=512, fields=['search_vector'], name='service_search'),
        ),
        migrations.AddIndex(
            model_name='service',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('search_words', name='gin_trgm_ops'), gin_pending_list_limit=512, name='service_words_trigram'),
        ),
    ]
