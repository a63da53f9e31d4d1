"""What a migration does to a table between two others, so that each row of it carries the network of both."""

from django.db.migrations import AlterField, RunSQL, SeparateDatabaseAndState

from tragnetz.network.fields import SETTING, ScopedManyToManyField

FORWARD = """
ALTER TABLE {table} ADD COLUMN network_id uuid DEFAULT nullif(current_setting('{setting}', true), '')::uuid;
UPDATE {table} SET network_id = parent.network_id FROM {left} AS parent WHERE parent.id = {table}.{left_key};
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE {table} ALTER COLUMN network_id SET NOT NULL;
ALTER TABLE {table} ADD CONSTRAINT {table}_network FOREIGN KEY (network_id)
  REFERENCES network_network (id) DEFERRABLE INITIALLY DEFERRED;
CREATE UNIQUE INDEX IF NOT EXISTS {left}_with_network ON {left} (id, network_id);
CREATE UNIQUE INDEX IF NOT EXISTS {right}_with_network ON {right} (id, network_id);
ALTER TABLE {table} ADD CONSTRAINT {table}_{left_key} FOREIGN KEY ({left_key}, network_id)
  REFERENCES {left} (id, network_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE {table} ADD CONSTRAINT {table}_{right_key} FOREIGN KEY ({right_key}, network_id)
  REFERENCES {right} (id, network_id) DEFERRABLE INITIALLY DEFERRED;
"""
# With the column goes what holds it, its policies too; without one a locked table would show nothing.
BACKWARD = """
ALTER TABLE {table} DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY;
ALTER TABLE {table} DROP COLUMN network_id CASCADE;
"""


def carry_network(field: ScopedManyToManyField, model: str, name: str, right: str) -> SeparateDatabaseAndState:  # type: ignore[type-arg]  # any two
    """Return the operation that lets the table of a relation carry its network.

    `model` is "app.model" of the side with the field, `right` that of the other. A row between two networks stops it:
    there must be none.
    """
    left, other = model.replace(".", "_"), right.replace(".", "_")
    names = {
        "table": f"{left}_{name}",
        "left": left,
        "right": other,
        "left_key": f"{model.split('.')[1]}_id",
        "right_key": f"{right.split('.')[1]}_id",
        "setting": SETTING,
    }
    return SeparateDatabaseAndState(
        database_operations=[RunSQL(FORWARD.format(**names), BACKWARD.format(**names))],
        state_operations=[AlterField(model.split(".")[1], name, field)],
    )
