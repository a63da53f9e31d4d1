"""Draw each kind of letter for docs/letters.md: `python tools/print_letters.py`; `--check` only compares.

A picture carries the hash of what it was drawn from, so that one that has grown old is found without comparing pixels,
which differ a little between machines.
"""

import hashlib
import os
import struct
import sys
import zlib
from pathlib import Path

from printed_page import between

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "letters.md"
PICTURES = ROOT / "docs" / "images" / "letters"
BEGIN, END = "<!-- the letters, drawn by tools/print_letters.py -->\n", "<!-- end of the letters -->\n"
PPI = 56  # small, and just readable
IN_A_ROW = 4
_SIGN, _FIRST = 8, 33  # bytes of a PNG before its first part, and where that has ended
_MARK = b"tEXtSource\0"


def pictures() -> dict[str, tuple[str, bytes]]:
    """Return for each kind its name and its first page, as an invented person or organisation would send it."""
    # Only here: the words need Django, and whoever calls us from a test has it already.
    from django.utils.translation import override  # noqa: PLC0415 -- as the comment says

    from tragnetz.casework.letters.book import kinds  # noqa: PLC0415 -- as above
    from tragnetz.casework.letters.drafts import Letterhead, example_of, sheet_of  # noqa: PLC0415 -- as above
    from tragnetz.casework.letters.paper import first_page  # noqa: PLC0415 -- as above

    head = Letterhead(
        "Beispielhilfe e. V.", "Netz Beispielstadt", ("Beispielweg 1", "12345 Beispielstadt"), "01234 567-0",
        "kontakt@beispielhilfe.example", "Hanna Beispiel",
    )  # fmt: skip
    templates = ROOT / "src" / "tragnetz" / "printing" / "templates"
    layout = b"".join((templates / name).read_bytes() for name in ("letter.typ", "window.typ"))
    found: dict[str, tuple[str, bytes]] = {}
    with override("de"):
        for kind in kinds().values():
            sender = kind.senders[0]
            sheet = sheet_of(example_of(kind, sender, kind.wording(sender)), kind, head)
            source = hashlib.sha256(layout + repr((PPI, sheet)).encode()).hexdigest()[:16]
            kept = PICTURES / f"{kind.key}.png"
            fresh = kept.exists() and source_of(kept.read_bytes()) == source
            drawn = kept.read_bytes() if fresh else marked(first_page(sheet, PPI), source)
            found[kind.key] = (kind.name, drawn)
    return found


def marked(picture: bytes, source: str) -> bytes:
    """Return a PNG that says from what it was drawn."""
    part = _MARK + source.encode()
    chunk = struct.pack(">I", len(part) - 4) + part + struct.pack(">I", zlib.crc32(part))
    return picture[:_FIRST] + chunk + picture[_FIRST:]


def source_of(picture: bytes) -> str:
    """Return from what a PNG was drawn; nothing when it does not say."""
    _before, found, rest = picture.partition(_MARK)
    return rest[:16].decode("ascii", "replace") if found else ""


def table(drawn: dict[str, tuple[str, bytes]]) -> str:
    """Return the pictures as a Markdown table."""
    cells = [f"![{name}](images/letters/{key}.png)<br>{name}" for key, (name, _picture) in drawn.items()]
    rows = [cells[at : at + IN_A_ROW] for at in range(0, len(cells), IN_A_ROW)]
    lines = ["| " + " | ".join([*row, *[""] * (IN_A_ROW - len(row))]) + " |" for row in rows]
    return "\n".join(["|" + " |" * IN_A_ROW, "|" + "---|" * IN_A_ROW, *lines]) + "\n"


def printed(page: str, drawn: dict[str, tuple[str, bytes]]) -> str:
    """Return the page with the letters as they are now."""
    return between(page, BEGIN, END, table(drawn))


def main() -> int:
    """Draw the letters and write the page, or tell with `--check` whether they are the same."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tragnetz.config.settings")
    os.environ.setdefault("DATABASE_URL", "postgresql://nobody@localhost/none")  # nothing is read: no server starts
    import django  # noqa: PLC0415 -- after the settings are named

    django.setup()
    drawn, page = pictures(), PAGE.read_text(encoding="utf-8")
    wanted = {PICTURES / f"{key}.png": picture for key, (_name, picture) in drawn.items()}
    kept = {path: path.read_bytes() for path in PICTURES.glob("*.png")}
    if "--check" in sys.argv:
        return int(kept != wanted or printed(page, drawn) != page)
    PICTURES.mkdir(exist_ok=True)
    for path in kept.keys() - wanted.keys():
        path.unlink()
    for path, picture in wanted.items():
        path.write_bytes(picture)
    PAGE.write_text(printed(page, drawn), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
