"""Tables without people in them: small cells are hidden, and so are those from which they could be computed.

Pure: no Django, no database. `suppressed` is the door; `moves.py` finds what else has to be hidden, and says why it is
enough. docs/exports.md and decision 0026 tell the rules and where they come from.
"""

from tragnetz.reporting.statistics.tables import HIDDEN, INSIDE, OUTSIDE, TOTAL, Table, suppressed

__all__ = ["HIDDEN", "INSIDE", "OUTSIDE", "TOTAL", "Table", "suppressed"]
