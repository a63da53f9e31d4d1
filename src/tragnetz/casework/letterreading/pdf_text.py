"""Print the text of a PDF from standard input: a process of its own, with bounds, because files may be hostile."""

import io
import sys

from tragnetz.casework.letterreading.bounded import bind

PAGES = 20
CUT = 4  # what the process returns when there are more pages than it read
MOST_SIGNS = 1_000_000  # of a text: what is read of a letter is far less
MEMORY, SECONDS = 1_000_000_000, 10  # bytes of address space; of the processor


def main() -> int:
    """Read a PDF and write its text as UTF-8; returns 1 for what is none or is locked, 4 when pages were left out."""
    bind(MEMORY, SECONDS)
    from pypdf import PdfReader  # noqa: PLC0415 -- within the bounds
    from pypdf.errors import PyPdfError  # noqa: PLC0415 -- as above

    try:
        reader = PdfReader(io.BytesIO(sys.stdin.buffer.read()))
        if reader.is_encrypted and not reader.decrypt(""):
            return 1
        cut = len(reader.pages) > PAGES
        text = "\n".join(page.extract_text() for page in reader.pages[:PAGES])
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, MemoryError):
        return 1
    sys.stdout.buffer.write(text[:MOST_SIGNS].encode("utf-8", "replace"))
    return CUT if cut else 0


if __name__ == "__main__":
    sys.exit(main())
