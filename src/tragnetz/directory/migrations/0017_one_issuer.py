"""The papers that are there have one issuer, too: they had none."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("directory", "0016_issuers"),
    ]

    operations = [
        ValidateConstraint("paper", "paper_has_one_issuer"),
    ]
