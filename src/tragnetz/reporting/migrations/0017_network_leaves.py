"""What is fixed goes as a whole with a network that was moved to another server."""

from django.db import migrations

FUNCTIONS = """
CREATE OR REPLACE FUNCTION reporting_snapshot_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN{leaves}
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'XX000';
END $$;
CREATE OR REPLACE FUNCTION reporting_snapshot_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.erased_on IS NULL AND NEW.erased_on IS NOT NULL
        AND to_jsonb(NEW) - 'erased_on' = to_jsonb(OLD) - 'erased_on' THEN
        RETURN NEW;
    END IF;{leaves}
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'XX000';
END $$;
CREATE OR REPLACE FUNCTION reporting_snapshotrow_ends_with_its_head() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND EXISTS (
        SELECT FROM reporting_snapshot WHERE id = OLD.snapshot_id AND erased_on IS NOT NULL
    ) THEN
        RETURN OLD;
    END IF;{leaves}
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'XX000';
END $$;
"""
LEAVES = """
    IF TG_OP = 'DELETE' AND network_leaves(OLD.network_id, TG_RELID) THEN
        RETURN OLD;
    END IF;"""


class Migration(migrations.Migration):
    dependencies = [("reporting", "0016_own_answers_checked"), ("network", "0013_frozen")]
    operations = [migrations.RunSQL(FUNCTIONS.format(leaves=LEAVES), FUNCTIONS.format(leaves=""))]
