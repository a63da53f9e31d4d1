"""Compile the translations (.po to .mo) with Babel: no gettext tools are needed on the machine."""

import shutil
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parent.parent / "src" / "tragnetz" / "locale"


def main() -> None:
    """Compile what is newer than its compiled file, and clear away what a catalogue left that is no more."""
    for left in LOCALE.glob("*/LC_MESSAGES/django.mo"):
        if not left.with_suffix(".po").exists():
            shutil.rmtree(left.parent.parent)
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        catalogue = read_po(source.open("rb"))
        with target.open("wb") as out:
            write_mo(out, catalogue)


main()
