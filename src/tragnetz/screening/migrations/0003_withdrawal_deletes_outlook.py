"""The database itself deletes a reduced copy in the transaction in which a consent that it stands on is withdrawn or ends."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION screening_drop_outlook() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    home uuid;
BEGIN
    IF NEW.withdrawn_at IS NULL AND NEW.ends_at > clock_timestamp() + interval '1 minute' THEN
        RETURN NULL;
    END IF;
    SELECT household_id INTO home FROM clients_person WHERE id = NEW.person_id;
    DELETE FROM screening_foreseen USING screening_outlook outlook
        WHERE outlook.id = screening_foreseen.outlook_id AND outlook.household_id = home;
    DELETE FROM screening_outlook WHERE household_id = home;
    RETURN NULL;
END $$;
CREATE TRIGGER withdrawal_drops_outlook AFTER UPDATE OF withdrawn_at, ends_at ON consent_consent
    FOR EACH ROW WHEN (NEW.purpose = 'outlook') EXECUTE FUNCTION screening_drop_outlook();
"""
BACKWARD = """
DROP TRIGGER withdrawal_drops_outlook ON consent_consent;
DROP FUNCTION screening_drop_outlook();
"""


class Migration(migrations.Migration):
    dependencies = [("screening", "0002_outlook"), ("consent", "0003_outlook"), ("clients", "0005_contact_restricted_on")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
