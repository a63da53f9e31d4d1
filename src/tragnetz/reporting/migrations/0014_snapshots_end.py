"""Rows of a snapshot may be deleted once its head says that they were; nothing else of it can be changed."""

from django.db import migrations, models

FORWARD = """
CREATE FUNCTION reporting_snapshot_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.erased_on IS NULL AND NEW.erased_on IS NOT NULL
        AND to_jsonb(NEW) - 'erased_on' = to_jsonb(OLD) - 'erased_on' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'XX000';
END $$;
CREATE FUNCTION reporting_snapshotrow_ends_with_its_head() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND EXISTS (
        SELECT FROM reporting_snapshot WHERE id = OLD.snapshot_id AND erased_on IS NOT NULL
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'XX000';
END $$;
DROP TRIGGER reporting_snapshot_is_append_only ON reporting_snapshot;
DROP TRIGGER reporting_snapshotrow_is_append_only ON reporting_snapshotrow;
CREATE TRIGGER reporting_snapshot_is_append_only BEFORE UPDATE OR DELETE ON reporting_snapshot
    FOR EACH ROW EXECUTE FUNCTION reporting_snapshot_only_ends();
CREATE TRIGGER reporting_snapshotrow_is_append_only BEFORE UPDATE OR DELETE ON reporting_snapshotrow
    FOR EACH ROW EXECUTE FUNCTION reporting_snapshotrow_ends_with_its_head();
"""
BACKWARD = """
DROP TRIGGER reporting_snapshotrow_is_append_only ON reporting_snapshotrow;
DROP TRIGGER reporting_snapshot_is_append_only ON reporting_snapshot;
CREATE TRIGGER reporting_snapshot_is_append_only BEFORE UPDATE OR DELETE ON reporting_snapshot
    FOR EACH ROW EXECUTE FUNCTION reporting_snapshot_is_append_only();
CREATE TRIGGER reporting_snapshotrow_is_append_only BEFORE UPDATE OR DELETE ON reporting_snapshotrow
    FOR EACH ROW EXECUTE FUNCTION reporting_snapshot_is_append_only();
DROP FUNCTION reporting_snapshot_only_ends();
DROP FUNCTION reporting_snapshotrow_ends_with_its_head();
"""


class Migration(migrations.Migration):
    dependencies = [("reporting", "0013_bases")]

    operations = [
        migrations.AddField(model_name="snapshot", name="erased_on", field=models.DateField(null=True)),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
