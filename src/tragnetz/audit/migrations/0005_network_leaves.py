"""Events and heads go as a whole with a network that was moved to another server: there the chain goes on."""

from django.db import migrations

EVENTS = """
CREATE OR REPLACE FUNCTION audit_event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.position IS NULL
       AND to_jsonb(NEW) - 'position' - 'chain' = to_jsonb(OLD) - 'position' - 'chain' THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' AND OLD.at < now() - interval '12 months' AND EXISTS (
        SELECT 1 FROM audit_sealedhead
        WHERE network_id = OLD.network_id AND position >= OLD.position AND at < now() - interval '12 months'
    ) THEN
        RETURN OLD;
    END IF;{leaves}
    RAISE EXCEPTION 'audit_event is append-only' USING ERRCODE = 'XX000';
END $$;
CREATE OR REPLACE FUNCTION audit_head_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN{leaves}
    RAISE EXCEPTION 'audit_sealedhead is append-only' USING ERRCODE = 'XX000';
END $$;
"""
LEAVES = """
    IF TG_OP = 'DELETE' AND network_leaves(OLD.network_id, TG_RELID) THEN
        RETURN OLD;
    END IF;"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_heads_append_only"), ("network", "0013_frozen")]
    operations = [migrations.RunSQL(EVENTS.format(leaves=LEAVES), EVENTS.format(leaves=""))]
