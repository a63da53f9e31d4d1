"""The tables between two others carry the network of both sides."""

from django.db import migrations

from tragnetz.network.fields import ScopedManyToManyField
from tragnetz.network.pairs import carry_network


class Migration(migrations.Migration):
    dependencies = [("referrals", "0002_keys_go_along"), ("consent", "0004_network_of_pairs")]
    operations = [
        carry_network(
            ScopedManyToManyField("consent.release", related_name="+"), "referrals.referral", "releases", "consent.release"
        ),
    ]
