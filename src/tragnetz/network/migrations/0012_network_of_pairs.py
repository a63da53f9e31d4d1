"""The tables between two others carry the network of both sides."""

from django.db import migrations

from tragnetz.network.fields import ScopedManyToManyField
from tragnetz.network.pairs import carry_network


class Migration(migrations.Migration):
    dependencies = [("network", "0011_notices")]
    operations = [
        carry_network(
            ScopedManyToManyField("network.district", related_name="hotlines"),
            "network.hotline",
            "districts",
            "network.district",
        ),
        carry_network(
            ScopedManyToManyField("network.organisation", related_name="programmes"),
            "network.programme",
            "organisations",
            "network.organisation",
        ),
        carry_network(
            ScopedManyToManyField("network.district", blank=True, related_name="+"),
            "network.membership",
            "districts",
            "network.district",
        ),
    ]
