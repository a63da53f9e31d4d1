"""A key goes with the part of a case that it seals, and the pair of a code with its person: whoever deletes the row.

What is sealed with a key is gone with its part; a key that stayed would only tell that there was something.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION vault_key_goes_along() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM vault_wrappedkey WHERE data_key_id = OLD.key_id;
  DELETE FROM vault_datakey WHERE id = OLD.key_id;
  RETURN NULL;
END $$;
CREATE TRIGGER part_takes_its_key AFTER DELETE ON casework_compartment
  FOR EACH ROW WHEN (OLD.key_id IS NOT NULL) EXECUTE FUNCTION vault_key_goes_along();
CREATE FUNCTION vault_pair_goes_along() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM vault_wrappedkey WHERE holder_id IN (SELECT id FROM vault_keypair WHERE owner_id = OLD.id);
  DELETE FROM vault_keypair WHERE owner_id = OLD.id;
  RETURN NULL;
END $$;
CREATE TRIGGER person_takes_their_pair AFTER DELETE ON clients_person
  FOR EACH ROW EXECUTE FUNCTION vault_pair_goes_along();
"""
DROP = """
DROP TRIGGER person_takes_their_pair ON clients_person;
DROP FUNCTION vault_pair_goes_along();
DROP TRIGGER part_takes_its_key ON casework_compartment;
DROP FUNCTION vault_key_goes_along();
"""
# What earlier deletions left of pairs; old data keys go with the referrals' migration, when all who use keys are there.
SWEEP = """
DELETE FROM vault_wrappedkey WHERE holder_id IN (
  SELECT id FROM vault_keypair
  WHERE owner_id IS NOT NULL AND NOT EXISTS (SELECT FROM clients_person WHERE clients_person.id = owner_id));
DELETE FROM vault_keypair
  WHERE owner_id IS NOT NULL AND NOT EXISTS (SELECT FROM clients_person WHERE clients_person.id = owner_id);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0015_deadline_request"),
        ("clients", "0005_contact_restricted_on"),
        ("vault", "0001_keys"),
    ]
    operations = [
        migrations.RunSQL(SWEEP, migrations.RunSQL.noop),
        migrations.RunSQL(CREATE, DROP),
    ]
