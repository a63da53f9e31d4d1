"""What can go wrong when somebody edits; the texts are meant for them."""

from django.utils.translation import gettext as _

from tragnetz.core.errors import TragnetzError


class NotAllowedError(TragnetzError):
    """The actor may not edit: a page that shows the form asked nobody."""


class InvalidRecordError(TragnetzError):
    """The record as it would be does not hold; `faults` names field and reason."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{field}: {reason}" for field, reason in faults))
        self.faults = faults


class ChangedMeanwhileError(TragnetzError):
    """Somebody else changed the same fields since the form was opened."""

    def __init__(self, labels: list[str], who: str) -> None:
        super().__init__(
            _("Inzwischen hat %(who)s das auch geändert: %(fields)s. Prüfen Sie es und speichern Sie noch einmal.")
            % {"who": who or _("jemand"), "fields": ", ".join(labels)}
        )


class CannotUndoError(TragnetzError):
    """A change cannot be taken back because later ones stand on it."""

    def __init__(self, labels: list[str]) -> None:
        reason = _("Danach wurde noch einmal geändert: %s. Nehmen Sie erst die spätere Änderung zurück.")
        super().__init__(reason % ", ".join(labels))
