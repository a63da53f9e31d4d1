"""What somebody of staff is told who tells much in a short time."""

import math
from datetime import timedelta

from django.utils.translation import gettext as _

from tragnetz.staff.errors import RemarkError

STEP = timedelta(minutes=5)  # told in steps: nobody has to know it to the minute, and it is never "1 Minuten"


class SlowedError(RemarkError):
    """The sender has told much in a short time."""

    def __init__(self, wait: timedelta) -> None:
        minutes = max(1, math.ceil(wait / STEP)) * int(STEP.total_seconds() // 60)
        super().__init__(_("Das waren viele Meldungen. Bitte warten Sie %s Minuten, oder rufen Sie uns an.") % minutes)
