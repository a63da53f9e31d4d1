"""Tables without people in them: numbers in fives that add up, of which nobody can undo one.

Pure: no Django, no database. `told` and `Grain` are the doors; `fives.py` says what is shown, and why it is enough.
docs/exports.md and decision 0033 tell the rule and where it comes from.
"""

from tragnetz.reporting.statistics.fives import FEW, FIVE, TOTAL, Table, in_fives, told
from tragnetz.reporting.statistics.grain import EXACT, FIVES, Grain

__all__ = ["EXACT", "FEW", "FIVE", "FIVES", "TOTAL", "Grain", "Table", "in_fives", "told"]
