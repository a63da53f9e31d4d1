"""The tables between two others carry the network of both sides."""

from django.db import migrations

from tragnetz.network.fields import ScopedManyToManyField
from tragnetz.network.pairs import carry_network


class Migration(migrations.Migration):
    dependencies = [("privacy", "0001_initial"), ("clients", "0005_contact_restricted_on"), ("network", "0012_network_of_pairs")]
    operations = [
        carry_network(
            ScopedManyToManyField("clients.contact", related_name="+"), "privacy.request", "also", "clients.contact"
        ),
    ]
