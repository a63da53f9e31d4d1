"""The database itself asks, at the end of the transaction, for somebody who may speak, and that it is not the recipient."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION consent_release_has_a_speaker() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wanted uuid;
BEGIN
    IF TG_TABLE_NAME = 'consent_release' THEN
        wanted := NEW.id;
    ELSIF TG_OP = 'DELETE' THEN
        wanted := OLD.release_id;
    ELSE
        wanted := NEW.release_id;
    END IF;
    IF NOT EXISTS (SELECT FROM consent_release WHERE id = wanted) THEN
        RETURN NULL;  -- it went together with its speakers
    END IF;
    IF NOT EXISTS (SELECT FROM consent_releasespeaker WHERE release_id = wanted) THEN
        RAISE EXCEPTION 'release_has_a_speaker' USING ERRCODE = '23514';
    END IF;
    IF EXISTS (
        SELECT FROM consent_releasespeaker speaker JOIN consent_release release ON release.id = speaker.release_id
        WHERE release.id = wanted AND speaker.organisation_id = release.to_organisation_id
    ) THEN
        RAISE EXCEPTION 'release_is_not_to_its_speaker' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER release_has_a_speaker AFTER INSERT OR UPDATE ON consent_release
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION consent_release_has_a_speaker();
CREATE CONSTRAINT TRIGGER speaker_is_left AFTER INSERT OR UPDATE OR DELETE ON consent_releasespeaker
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION consent_release_has_a_speaker();
"""
BACKWARD = """
DROP TRIGGER speaker_is_left ON consent_releasespeaker;
DROP TRIGGER release_has_a_speaker ON consent_release;
DROP FUNCTION consent_release_has_a_speaker();
"""


class Migration(migrations.Migration):
    dependencies = [("consent", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
