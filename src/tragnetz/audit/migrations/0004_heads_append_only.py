"""The database refuses to change a head; it lets events go only when they are a year old and behind a signed head."""

from django.db import migrations

FORWARD = """
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
    END IF;
    RAISE EXCEPTION 'audit_event is append-only' USING ERRCODE = 'XX000';
END $$;
CREATE FUNCTION audit_head_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit_sealedhead is append-only' USING ERRCODE = 'XX000';
END $$;
CREATE TRIGGER audit_head_is_append_only BEFORE UPDATE OR DELETE ON audit_sealedhead
    FOR EACH ROW EXECUTE FUNCTION audit_head_is_append_only();
"""
BACKWARD = """
DROP TRIGGER audit_head_is_append_only ON audit_sealedhead;
DROP FUNCTION audit_head_is_append_only();
CREATE OR REPLACE FUNCTION audit_event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.position IS NULL
       AND to_jsonb(NEW) - 'position' - 'chain' = to_jsonb(OLD) - 'position' - 'chain' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'audit_event is append-only' USING ERRCODE = 'XX000';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_heads")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
