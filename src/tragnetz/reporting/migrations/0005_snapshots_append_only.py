"""The database itself refuses to change or delete what was fixed."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION reporting_snapshot_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'XX000';
END $$;
CREATE TRIGGER reporting_snapshot_is_append_only BEFORE UPDATE OR DELETE ON reporting_snapshot
    FOR EACH ROW EXECUTE FUNCTION reporting_snapshot_is_append_only();
CREATE TRIGGER reporting_snapshotrow_is_append_only BEFORE UPDATE OR DELETE ON reporting_snapshotrow
    FOR EACH ROW EXECUTE FUNCTION reporting_snapshot_is_append_only();
"""
BACKWARD = """
DROP TRIGGER reporting_snapshotrow_is_append_only ON reporting_snapshotrow;
DROP TRIGGER reporting_snapshot_is_append_only ON reporting_snapshot;
DROP FUNCTION reporting_snapshot_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("reporting", "0004_snapshots")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
