"""The tables between two others carry the network of both sides."""

from django.db import migrations

from tragnetz.network.fields import ScopedManyToManyField
from tragnetz.network.pairs import carry_network


class Migration(migrations.Migration):
    dependencies = [("consent", "0003_outlook"), ("network", "0012_network_of_pairs")]
    operations = [
        carry_network(
            ScopedManyToManyField("network.organisation", related_name="+"),
            "consent.consent",
            "recipients",
            "network.organisation",
        ),
    ]
