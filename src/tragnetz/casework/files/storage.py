"""The content of a file in sealed pieces, so that no statement and no key works on more than one of them."""

from typing import cast

from django.utils.translation import gettext as _

from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.models import CaseFile, FileChunk
from tragnetz.vault.envelopes import Locked

CHUNK = 1024 * 1024
_NUMBER_BYTES = 4


def write(file: CaseFile, content: bytes) -> None:
    """Keep a content, in the caller's transaction: all of its pieces or none."""
    for number, start in enumerate(range(0, len(content), CHUNK)):
        piece = _mark(file, number) + content[start : start + CHUNK]
        FileChunk(
            network_id=file.network_id, file=file, compartment=file.compartment, number=number,
            content=piece,  # type: ignore[misc]  # bytes, in a field that is typed as its parent
        ).save()  # fmt: skip


def read(file: CaseFile) -> bytes:
    """Return the content of a file. Raises CaseworkError when it is locked, or not whole."""
    found = bytearray()
    for number, chunk in enumerate(file.chunks.select_related("compartment").order_by("number")):
        piece = cast("bytes | Locked", chunk.content)
        if isinstance(piece, Locked):
            raise CaseworkError(_("Dieser Fall ist für Sie verschlossen."))
        mark = _mark(file, number)
        if not piece.startswith(mark):
            raise CaseworkError(_("Die Datei ist beschädigt. Bitte sagen Sie es der Verwaltung."))
        found += piece[len(mark) :]
    if len(found) != file.size:
        raise CaseworkError(_("Die Datei ist beschädigt. Bitte sagen Sie es der Verwaltung."))
    return bytes(found)


def _mark(file: CaseFile, number: int) -> bytes:
    return file.pk.bytes + number.to_bytes(_NUMBER_BYTES)
