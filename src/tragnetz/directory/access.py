"""Who may do what in the directory. Reading is free for everybody; writing is the editors' work."""

from django.utils.translation import gettext as _

from tragnetz.directory.errors import NotAllowedError
from tragnetz.network.actors import Actor
from tragnetz.network.policy import Deed, may


def can_edit(actor: Actor) -> bool:
    """Whether somebody keeps the directory: the catalogue's editors, for all organisations of the network."""
    return may(actor, Deed.DIRECTORY_EDIT)


def must_edit(actor: Actor) -> None:
    """Let an editor through. Raises NotAllowedError for everybody else: a command asks it first."""
    if not can_edit(actor):
        raise NotAllowedError(_("Das darf nur die Redaktion des Verzeichnisses."))
