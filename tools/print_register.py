"""Print the registers of data into docs/compliance: `python tools/print_register.py`; `--check` only compares."""

import os
from pathlib import Path

from printed_page import between, write_or_compare

PAGE = Path(__file__).resolve().parent.parent / "docs" / "compliance" / "verarbeitungsverzeichnis.md"
BEGIN, END = "<!-- the register, printed by tools/print_register.py -->\n", "<!-- end of the register -->\n"
WORKERS_BEGIN, WORKERS_END = "<!-- who works, printed by the same -->\n", "<!-- end of who works -->\n"


def table() -> str:
    """Return all kinds of data as a Markdown table, in German."""
    # Only here: the models need Django, and whoever calls us from a test has it already.
    from django.utils.translation import override  # noqa: PLC0415 -- as the comment says

    from tragnetz.privacy.enums import Erasure, Source  # noqa: PLC0415 -- as above
    from tragnetz.privacy.kinds import KINDS  # noqa: PLC0415 -- as above
    from tragnetz.privacy.retention.rules import CLASSES  # noqa: PLC0415 -- as above

    lines = [
        "| Daten | Tabelle | Rechtsgrundlage | woher | Frist ab | Frist | danach |",
        "|---|---|---|---|---|---|---|",
    ]
    ends = {
        Erasure.DELETE: "gelöscht", Erasure.BLANK: "geleert", Erasure.UNLINK: "ohne Bezug zur Person",
        Erasure.KEEP: "gelöscht, wenn die Frist um ist",
    }  # fmt: skip
    with override("de"):
        for kind in sorted(KINDS, key=lambda kind: str(kind.label)):
            kept = CLASSES[kind.retention]
            period = f"{kept.days} Tage" if kept.days else f"{kept.months} Monat" + "e" * (kept.months != 1)
            period += ", zum Ende des Jahres" if kept.year_end else ""
            source = Source(kind.source).label
            lines.append(
                f"| {kind.label} | `{kind.noun}` | {kind.basis} | {source} | {kept.start} | {period} "
                f"| {ends[Erasure(kind.erase)]} |"
            )
    return "\n".join(lines) + "\n"


def workers() -> str:
    """Return what is kept of those who work here as a Markdown table, in German."""
    from tragnetz.privacy.workers import WORKERS  # noqa: PLC0415 -- as above

    lines = ["| Daten | Tabelle | wozu | bis wann |", "|---|---|---|---|"]
    lines += [f"| {one.what} | `{table}` | {one.why} | {one.until} |" for table, one in WORKERS.items()]
    return "\n".join(lines) + "\n"


def printed(page: str) -> str:
    """Return the page with the tables as they are now."""
    return between(between(page, BEGIN, END, table()), WORKERS_BEGIN, WORKERS_END, workers())


def main() -> int:
    """Write the table, or tell with `--check` whether it is the same."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tragnetz.config.settings")
    os.environ.setdefault("DATABASE_URL", "postgresql://nobody@localhost/none")  # nothing is read: no server starts
    import django  # noqa: PLC0415 -- after the settings are named

    django.setup()
    return write_or_compare(PAGE, printed)


if __name__ == "__main__":
    raise SystemExit(main())
