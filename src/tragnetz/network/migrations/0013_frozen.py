"""A network may stand still, to be moved to another server; then, and only then, its owner may empty it here."""

from django.db import migrations, models

# Asked by the triggers that keep rows from being deleted. Only the owner of a table may say that a network leaves.
FORWARD = """
CREATE FUNCTION network_leaves(gone uuid, of_table oid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT current_setting('tragnetz.leaving', true) = gone::text
        AND EXISTS (SELECT FROM pg_class WHERE oid = of_table AND pg_has_role(current_user, relowner, 'MEMBER'))
        AND EXISTS (SELECT FROM network_network WHERE id = gone AND frozen_at IS NOT NULL)
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("network", "0012_network_of_pairs")]
    operations = [
        migrations.AddField(model_name="network", name="frozen_at", field=models.DateTimeField(null=True)),
        migrations.RunSQL(FORWARD, "DROP FUNCTION network_leaves(uuid, oid);"),
    ]
