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
    ".docx": FileType.DOCX,
}  # fmt: skip
# How a file of a type must begin: the library also takes what begins with something else.
_STARTS: Mapping[FileType, tuple[bytes, ...]] = {
    FileType.PDF: (b"%PDF-",),
    FileType.JPEG: (b"\xff\xd8\xff",),
    FileType.PNG: (b"\x89PNG\r\n\x1a\n",),
    FileType.WEBP: (b"RIFF",),
    FileType.DOCX: (b"PK\x03\x04",),
}
# A photo whose place we cannot take out is told what to do (ISO/IEC 23008-12: box "ftyp" with its brand).
_BRAND, _HEIC = slice(4, 12), (b"ftyphei", b"ftyphev", b"ftypmif", b"ftypmsf", b"ftypavi")
_PDF_END = b"%%EOF"  # ISO 32000-1, 7.5.5
_HEAD = 8192  # bytes of a text that are looked at for marks of a page or a script
_MARKUP = re.compile(r"^\s*(#!|<\s*(!|\?|/?[a-z]))|<\s*(script|svg|html|iframe)\b", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
# A Word file is an archive: its list of entries, and what they would be unpacked, are bounded. It is never unpacked.
_END, _END_BYTES, _LONGEST_REMARK, _MOST_LISTED = b"PK\x05\x06", 22, 65_535, 400_000
_MOST_UNPACKED = 200_000_000
_PROGRAMS = (".bin", ".exe", ".dll", ".js", ".vbs", ".cmd", ".bat", ".ps1", ".scr", ".lnk", ".hta", ".jar")


def type_of(content: bytes) -> FileType:
    """Return what a file is. Raises CaseworkError with what to do for one that we do not take."""
    if not content:
        raise CaseworkError(_("Die Datei ist leer."))
    if len(content) > settings.TRAGNETZ_UPLOAD_MOST:
        raise CaseworkError(too_large_words())
    refuse_heic(content)
    found = _by_magic(content)
    if found is not None and content.startswith(_STARTS[found]) and (found != FileType.DOCX or _is_word(content)):
        if found == FileType.PDF and _PDF_END not in content:
            raise CaseworkError(broken_words())
        return found
    if found is None and _is_plain_text(content):
        return FileType.TEXT
    raise CaseworkError(
        _(
            "Diese Art von Datei nehmen wir nicht an. Möglich sind PDF, Fotos (JPEG, PNG, WebP), Word ohne Makros und "
            "einfacher Text. Sie können das Blatt auch fotografieren."
        )
    )


def refuse_heic(content: bytes) -> None:
    """Say how to send a photo of an iPhone as JPEG. Raises CaseworkError for such a photo, else nothing happens."""
    if content[_BRAND].startswith(_HEIC):
        raise CaseworkError(
            _(
                "Fotos im Format HEIC nehmen wir nicht an: Darin steht oft, wo sie gemacht wurden. Bitte schicken Sie "
                "das Foto als JPEG. Auf dem iPhone geht das so: Einstellungen, Kamera, Formate, Maximale "
                "Kompatibilität. Dann fotografieren Sie noch einmal. Ein Bildschirmfoto vom Foto geht auch."
            )
        )


def broken_words() -> str:
    """Return what to do with a file that is not whole."""
    return _(
        "Diese Datei ist beschädigt oder nicht ganz angekommen. Bitte schicken Sie sie noch einmal, oder fotografieren "
        "Sie das Blatt."
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
    has_macros = any(name.endswith(_PROGRAMS) or "vba" in name for name in names)
    leads_out = any(name.startswith("/") or ".." in name.split("/") or "\\" in name or ":" in name for name in names)
    is_word = {"[content_types].xml", "word/document.xml"} <= names
    return is_word and not has_macros and not leads_out and whole <= _MOST_UNPACKED
