"""The database itself refuses to change or delete what was published."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER reporting_edition_is_append_only BEFORE UPDATE OR DELETE ON reporting_edition
    FOR EACH ROW EXECUTE FUNCTION reporting_snapshot_is_append_only();
"""
BACKWARD = "DROP TRIGGER reporting_edition_is_append_only ON reporting_edition;"


class Migration(migrations.Migration):
    dependencies = [("reporting", "0006_open_data")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
