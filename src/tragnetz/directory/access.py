"""Who may do what in the directory. Reading is free for everybody; writing is the editors' work."""

from tragnetz.network.actors import Actor
from tragnetz.network.enums import Role


def can_edit(actor: Actor) -> bool:
    """Whether somebody keeps the directory: the catalogue's editors, for all organisations of the network."""
    return actor.is_staff and actor.has(Role.CATALOGUE)
