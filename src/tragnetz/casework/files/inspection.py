"""What a file is, by its content alone. What is not on the list is not taken, whatever its name says."""

import re
import zipfile
from collections.abc import Mapping
from io import BytesIO

import puremagic
from django.conf import settings
from django.utils.translation import gettext as _

from tragnetz.casework.enums import FileType
from tragnetz.casework.errors import CaseworkError
from tragnetz.core.uploads import too_large_words

_TYPES: Mapping[str, FileType] = {
    ".pdf": FileType.PDF,
    ".jpg": FileType.JPEG, ".jpeg": FileType.JPEG, ".jpe": FileType.JPEG, ".jfif": FileType.JPEG,
    ".png": FileType.PNG,
    ".webp": FileType.WEBP,
    ".heic": FileType.HEIC, ".heif": FileType.HEIC,
    ".docx": FileType.DOCX,
}  # fmt: skip
# How a file of a type must begin: the library also takes what begins with something else.
_STARTS: Mapping[FileType, tuple[bytes, ...]] = {
    FileType.PDF: (b"%PDF-",),
    FileType.JPEG: (b"\xff\xd8\xff",),
    FileType.PNG: (b"\x89PNG\r\n\x1a\n",),
    FileType.WEBP: (b"RIFF",),
    FileType.HEIC: (b"\x00\x00\x00",),
    FileType.DOCX: (b"PK\x03\x04",),
}
_HEAD = 8192  # bytes of a text that are looked at for marks of a page or a script
_MARKUP = re.compile(r"^\s*(#!|<\s*(!|\?|/?[a-z]))|<\s*(script|svg|html|iframe)\b", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
# A Word file is an archive: its list of entries, and what they would be unpacked, are bounded. It is never unpacked.
_END, _END_BYTES, _LONGEST_REMARK, _MOST_LISTED = b"PK\x05\x06", 22, 65_535, 400_000
_MOST_UNPACKED = 200_000_000


def type_of(content: bytes) -> FileType:
    """Return what a file is. Raises CaseworkError with what to do for one that we do not take."""
    if not content:
        raise CaseworkError(_("Die Datei ist leer."))
    if len(content) > settings.TRAGNETZ_UPLOAD_MOST:
        raise CaseworkError(too_large_words())
    found = _by_magic(content)
    if found is not None and content.startswith(_STARTS[found]) and (found != FileType.DOCX or _is_word(content)):
        return found
    if found is None and _is_plain_text(content):
        return FileType.TEXT
    raise CaseworkError(
        _(
            "Diese Art von Datei nehmen wir nicht an. Möglich sind PDF, Fotos (JPEG, PNG, WebP, HEIC), Word ohne "
            "Makros und einfacher Text. Sie können das Blatt auch fotografieren."
        )
    )


def _by_magic(content: bytes) -> FileType | None:
    try:
        return _TYPES.get(puremagic.from_string(content))
    except (puremagic.PureError, ValueError, LookupError):
        return None


def _is_plain_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError:
            return False
    return not _CONTROLS.search(text) and not _MARKUP.search(text[:_HEAD])


def _is_word(content: bytes) -> bool:
    """Whether an archive is a Word file without macros, of a size that somebody's program can open."""
    end = content.rfind(_END, max(0, len(content) - _END_BYTES - _LONGEST_REMARK))
    if end < 0 or int.from_bytes(content[end + 12 : end + 16], "little") > _MOST_LISTED:
        return False
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError):
        return False
    names = {entry.filename.lower() for entry in entries}
    whole = sum(entry.file_size for entry in entries)
    has_macros = any(name.endswith((".bin", ".exe", ".dll", ".js", ".vbs")) for name in names)
    return {"[content_types].xml", "word/document.xml"} <= names and not has_macros and whole <= _MOST_UNPACKED
