"""Tables without people in them: small cells are hidden, and so are those from which they could be computed.

Pure: no Django, no database. `suppressed` is the door; `moves.py` finds what else has to be hidden, and says why it is
enough; `grain.py` says how finely pages show them. docs/exports.md and decisions 0026 and 0029 tell the rules and
where they come from.
"""

from tragnetz.reporting.statistics.grain import FILTERED, PUBLISHED, WHOLE, Grain
from tragnetz.reporting.statistics.tables import HIDDEN, INSIDE, OUTSIDE, TOTAL, Table, suppressed

__all__ = [
    "FILTERED", "HIDDEN", "INSIDE", "OUTSIDE", "PUBLISHED", "TOTAL", "WHOLE", "Grain", "Table", "suppressed",
]  # fmt: skip
