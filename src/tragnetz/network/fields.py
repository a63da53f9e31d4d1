"""A relation of many to many whose rows carry their network, as every row does."""

from typing import Any

from django.db import models
from django.db.models import Func

SETTING = "tragnetz.network"  # of a database connection: the network in scope (network.database)
NETWORK = "network_id"  # the column by which a row says its network


class NetworkOfConnection(Func):
    """The network that the connection was told: what the column has when nobody names it."""

    template = f"(nullif(current_setting('{SETTING}', true), '')::uuid)"
    output_field = models.UUIDField()
    arity = 0


class ScopedManyToManyField[To: models.Model, Through: models.Model](models.ManyToManyField[To, Through]):
    """A relation between two rows of one network.

    Its table has a column for the network, which the database fills with the one in scope; two foreign keys that hold
    it, too, make sure that it is the network of both sides (`network.pairs.carry_network`, once in a migration).
    """

    def contribute_to_class(
        self,
        cls: type[models.Model],
        name: str,
        private_only: bool = False,  # noqa: FBT001, FBT002 -- Django's interface
        **kwargs: Any,  # noqa: ANN401 -- as above
    ) -> None:
        """Give the table between both models its network."""
        super().contribute_to_class(cls, name, private_only=private_only, **kwargs)
        between = self.remote_field.through
        if between is not None and not isinstance(between, str):
            between.add_to_class(
                "network",
                models.ForeignKey(
                    "network.Network",
                    on_delete=models.CASCADE,
                    related_name="+",
                    db_index=False,  # found by either side, never by network alone
                    db_default=NetworkOfConnection(),
                ),
            )
