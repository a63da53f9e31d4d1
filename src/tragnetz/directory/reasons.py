"""Why a record does not hold, in the words of those who write or import it: one sentence for each type of fault."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tragnetz.eligibility.facts import FactError
from tragnetz.eligibility.rules import RuleError

_NUMBER = gettext_lazy("ist keine Zahl")
_WHOLE = gettext_lazy("ist keine ganze Zahl")
_DATE = gettext_lazy("ist kein Datum, zum Beispiel 2026-12-31")
_INSTANT = gettext_lazy("ist kein Zeitpunkt, zum Beispiel 2026-12-31T08:00")
_CLOCK = gettext_lazy("ist keine Uhrzeit, zum Beispiel 08:30")
_YES_NO = gettext_lazy("ist weder ja noch nein")
# pydantic's type of a fault, or ours (`network.shapes`) -> words that go on after the name of a field.
REASONS: Mapping[str, Any] = {
    "missing": gettext_lazy("fehlt"),
    "extra_forbidden": gettext_lazy("gibt es nicht"),
    "literal_error": gettext_lazy("ist keiner der möglichen Werte: %(expected)s"),
    "string_pattern_mismatch": gettext_lazy("hat nicht die richtige Form"),
    "string_type": gettext_lazy("ist kein Text"),
    "string_unicode": gettext_lazy("enthält Zeichen, die niemand lesen kann"),
    "string_too_short": gettext_lazy("ist zu kurz (mindestens %(min_length)s Zeichen)"),
    "string_too_long": gettext_lazy("ist zu lang (höchstens %(max_length)s Zeichen)"),
    "too_short": gettext_lazy("ist leer (mindestens %(min_length)s)"),
    "list_type": gettext_lazy("ist keine Liste"),
    "dict_type": gettext_lazy("hat keine Felder"),
    "model_type": gettext_lazy("hat keine Felder"),
    "bool_type": _YES_NO,
    "bool_parsing": _YES_NO,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "int_parsing_size": gettext_lazy("ist eine zu große Zahl"),
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "greater_than_equal": gettext_lazy("ist kleiner als %(ge)s"),
    "less_than_equal": gettext_lazy("ist größer als %(le)s"),
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": gettext_lazy("ist ein Datum mit Uhrzeit; nur das Datum gehört hierher"),
    "datetime_type": _INSTANT,
    "datetime_parsing": _INSTANT,
    "datetime_from_date_parsing": _INSTANT,
    "datetime_object_invalid": _INSTANT,
    "time_type": _CLOCK,
    "time_parsing": _CLOCK,
    "no_german": gettext_lazy("hat keinen deutschen Text (de)"),
    "half_open": gettext_lazy("hat nur Beginn oder nur Ende: Beides gehört dazu"),
    "closes_before": gettext_lazy("schließt, bevor es öffnet"),
    "no_days": gettext_lazy("hat Uhrzeiten, aber keine Tage"),
    "closed_since": gettext_lazy("ist geschlossen, aber der erste Tag (from) fehlt"),
    "ends_before": gettext_lazy("endet, bevor es beginnt"),
    "no_rhythm": gettext_lazy("ist alle paar Wochen, aber der erste Tag (from) fehlt"),
    "no_benefit": gettext_lazy("ist keine Leistung, die Regeln kennen"),
    "no_web_address": gettext_lazy("ist keine Adresse einer Website (https://…)"),
}


def reason_of(fault: Mapping[str, Any]) -> str:
    """Return what pydantic found (an `ErrorDetails`) in German. Each type that our shapes can give has words."""
    limits = fault.get("ctx", {})
    if fault["type"] == "value_error":
        return str(_of_rule(limits.get("error")))
    return str(str(REASONS[fault["type"]]) % limits)


def _of_rule(error: object) -> str:
    """Return what is wrong with a rule. It is our own format: where in it stands as its check says."""
    if isinstance(error, RuleError):
        return _("ist keine Regel, die wir lesen können (%s)") % error
    if isinstance(error, FactError):
        return _("hat eine Angabe, die es nicht gibt oder die so nicht sein kann: %s") % error.fact
    return _("stimmt so nicht")
