"""The key of a referral goes with it; what earlier deletions left of keys goes now."""

from django.db import migrations

CREATE = """
CREATE TRIGGER referral_takes_its_key AFTER DELETE ON referrals_referral
  FOR EACH ROW WHEN (OLD.key_id IS NOT NULL) EXECUTE FUNCTION vault_key_goes_along();
"""
SWEEP = """
CREATE TEMPORARY TABLE keys_of_nothing ON COMMIT DROP AS SELECT id FROM vault_datakey
  WHERE NOT EXISTS (SELECT FROM casework_compartment WHERE key_id = vault_datakey.id)
    AND NOT EXISTS (SELECT FROM referrals_referral WHERE key_id = vault_datakey.id);
DELETE FROM vault_wrappedkey WHERE data_key_id IN (SELECT id FROM keys_of_nothing);
DELETE FROM vault_datakey WHERE id IN (SELECT id FROM keys_of_nothing);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0001_referrals"),
        ("casework", "0016_keys_go_along"),
    ]
    operations = [
        migrations.RunSQL(SWEEP, migrations.RunSQL.noop),
        migrations.RunSQL(CREATE, "DROP TRIGGER referral_takes_its_key ON referrals_referral;"),
    ]
