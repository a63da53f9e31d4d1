"""What a project asks and counts: its funding line, narrowed and widened by its own terms."""

from django.utils.translation import gettext as _

from tragnetz.network.models import Programme
from tragnetz.network.shapes import Terms
from tragnetz.reporting.errors import ReportingError
from tragnetz.reporting.lines.line import Indicator, Line, Question, lines
from tragnetz.reporting.participation.rules import Frame


def line_of(programme: Programme) -> Line:
    """Return the funding line of a project. Raises ReportingError for a project without one."""
    line = lines().get(programme.line)
    if line is None:
        raise ReportingError(_("Für dieses Projekt werden keine Teilnahmen geführt."))
    return line


def terms_of(programme: Programme) -> Terms:
    """Return what the funding decision of a project says."""
    return Terms.model_validate(programme.terms)


def questions_of(line: Line, terms: Terms) -> list[Question]:
    """Return what a project asks: parts 1 and 2 of its line, of part 3 what it chose."""
    return [one for one in line.questions if one.part != 3 or one.key in terms.questions]  # noqa: PLR2004 -- part 3


def indicators_of(line: Line, terms: Terms) -> list[Indicator]:
    """Return what a project counts: the indicators of its line, or those of them that its decision names."""
    return [one for one in line.indicators if not terms.indicators or one.code in terms.indicators]


def bagatelle_minutes(programme: Programme) -> int:
    """Return up to how many minutes of help somebody is no participant yet."""
    own = terms_of(programme).bagatelle_minutes
    return line_of(programme).bagatelle_minutes if own is None else own


def frame_of(programme: Programme) -> Frame:
    """Return what a project asks, and its limits."""
    line, terms = line_of(programme), terms_of(programme)
    weeks = terms.silent_weeks or line.silent_weeks
    return Frame(programme.starts, programme.ends, line, questions_of(line, terms), weeks)
