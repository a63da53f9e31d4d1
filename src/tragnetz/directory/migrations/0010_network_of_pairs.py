"""The tables between two others carry the network of both sides, and tell it to the number of a directory's state.

The number is given at commit, when another network may be in scope, or none: so its trigger says for which it writes.
"""

from django.db import migrations

from tragnetz.network.fields import ScopedManyToManyField
from tragnetz.network.pairs import carry_network

FUNCTIONS = """
CREATE OR REPLACE FUNCTION directory_new_edition(changed uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    mark text := changed || ' ' || statement_timestamp();
    before text := coalesce(current_setting('tragnetz.network', true), '');
BEGIN
    IF mark = current_setting('tragnetz.edition', true) THEN
        RETURN;
    END IF;
    PERFORM set_config('tragnetz.network', changed::text, true);
    INSERT INTO directory_edition (network_id, number)
        SELECT id, nextval('directory_edition_number') FROM network_network WHERE id = changed
        ON CONFLICT (network_id) DO UPDATE SET number = excluded.number;
    PERFORM set_config('tragnetz.network', before, true);
    PERFORM set_config('tragnetz.edition', mark, true);
END $$;
CREATE OR REPLACE FUNCTION directory_pair_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM directory_new_edition(coalesce(NEW.network_id, OLD.network_id));
    RETURN NULL;
END $$;
"""
BEFORE = """
CREATE OR REPLACE FUNCTION directory_new_edition(changed uuid) RETURNS void LANGUAGE plpgsql AS $$
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
CREATE OR REPLACE FUNCTION directory_pair_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    owner uuid := to_jsonb(coalesce(NEW, OLD)) ->> TG_ARGV[1];
    changed uuid;
BEGIN
    EXECUTE format('SELECT network_id FROM %I WHERE id = $1', TG_ARGV[0]) INTO changed USING owner;
    IF changed IS NOT NULL THEN
        PERFORM directory_new_edition(changed);
    END IF;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("directory", "0009_barriers"), ("network", "0012_network_of_pairs")]
    operations = [
        carry_network(
            ScopedManyToManyField("network.district", related_name="+"),
            "directory.office",
            "districts",
            "network.district",
        ),
        carry_network(
            ScopedManyToManyField("directory.topic", related_name="services"),
            "directory.service",
            "topics",
            "directory.topic",
        ),
        carry_network(
            ScopedManyToManyField("directory.paper", related_name="services"),
            "directory.service",
            "papers",
            "directory.paper",
        ),
        carry_network(
            ScopedManyToManyField("network.district", related_name="+"),
            "directory.service",
            "districts",
            "network.district",
        ),
        carry_network(
            ScopedManyToManyField("directory.topic", related_name="situations"),
            "directory.situation",
            "topics",
            "directory.topic",
        ),
        migrations.RunSQL(FUNCTIONS, BEFORE),
    ]
