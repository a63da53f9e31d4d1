"""What is asked about a paper."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from tragnetz.casework.deadlines.sums import title_of
from tragnetz.casework.enums import DropReason, KeepFor
from tragnetz.casework.files.commands import FileDetails
from tragnetz.casework.files.rules import last_day, seen_fits
from tragnetz.casework.models import CaseFile, Deadline
from tragnetz.casework.papers.vocabulary import CommonPaper
from tragnetz.core.forms import KeyedForm
from tragnetz.core.uploads import UploadsField
from tragnetz.workspace.counselling.parts import PartForm, day_field

_ASKED_TO_KEEP = ("paper", "note", "issued_on", "keep_for", "keep_until", "part")
_ASKED_WHEN_SEEN = ("paper", "note", "seen_on", "issued_on", "part")
_NOTE = 500


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The papers to choose from by key, and those that the claims of a case wait for."""

    names: Mapping[str, str]
    wanted: Collection[str] = ()

    def choices(self) -> list[tuple[str, str]]:
        """Return the papers as a list of choices: the wanted ones, then all others."""
        wanted = [
            (key, _("%s (fehlt für einen Antrag)") % name) for key, name in self.names.items() if key in self.wanted
        ]
        return [*wanted, *((key, name) for key, name in self.names.items() if key not in self.wanted)]


class _PaperForm(forms.Form):
    """Which paper it is: those that claims wait for come first."""

    paper = forms.ChoiceField(label=_("Was ist es?"), initial=CommonPaper.LETTER)
    note = forms.CharField(
        label=_("Kurz beschreiben"), required=False, max_length=_NOTE,
        help_text=_("Zum Beispiel: Bescheid des Jobcenters vom 3. November."),
    )  # fmt: skip
    issued_on = day_field(
        _("Datum auf der Unterlage"), required=False,
        help_text=_("Freiwillig. Manche Unterlagen werden für Anträge nach einigen Monaten zu alt."),
    )  # fmt: skip

    def __init__(self, *args: Any, today: date, vocabulary: Vocabulary, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        self.today = today
        field = self.fields["paper"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
        field.choices = vocabulary.choices()

    def clean_issued_on(self) -> date | None:
        """Refuse a day to come."""
        day: date | None = self.cleaned_data["issued_on"]
        if day is not None and day > self.today:
            raise forms.ValidationError(_("Der Tag auf einer Unterlage kann nicht in der Zukunft liegen."))
        return day


class _KeptForm(_PaperForm):
    """How long a paper is kept."""

    keep_for = forms.ChoiceField(
        label=_("Wie lange behalten?"), choices=KeepFor.choices,
        help_text=_("So kurz wie möglich. Einen Monat danach steht die Unterlage unter „Löschen“."),
    )  # fmt: skip
    keep_until = day_field(
        _("Spätestens bis"), required=False, help_text=_("Nur nötig, wenn es nicht bis zum Ende des Falls ist.")
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a day that makes sense."""
        cleaned = super().clean() or {}
        until = cleaned.get("keep_until")
        if "keep_for" in cleaned and "keep_until" not in self.errors and not self._is_as_before(cleaned):
            try:
                last_day(KeepFor(cleaned["keep_for"]), until, self.today)
            except ValueError as error:
                self.add_error("keep_until", str(error))
        return cleaned

    def _is_as_before(self, cleaned: dict[str, Any]) -> bool:  # noqa: ARG002 -- for forms of what is kept already
        return False

    def details(self, deadline: Deadline | None = None) -> FileDetails:
        """Return what was said."""
        data = self.cleaned_data
        until = data["keep_until"] if data["keep_for"] != KeepFor.CASE else None
        return FileDetails(data["paper"], data["note"], data["keep_for"], until, deadline, data["issued_on"])


class KeepForm(KeyedForm, PartForm, _KeptForm):
    """Some files to keep, all of one kind."""

    papers = UploadsField(label=_("Dateien"), error_messages={"required": _("Bitte wählen Sie eine Datei.")})
    field_order = ("papers", *_ASKED_TO_KEEP)

    def clean_papers(self) -> list[UploadedFile[Any]]:
        """Take no more files at once than memory bears."""
        found: list[UploadedFile[Any]] = self.cleaned_data["papers"]
        if len(found) > settings.TRAGNETZ_UPLOAD_AT_ONCE:
            raise forms.ValidationError(_("Bitte höchstens %s Dateien auf einmal.") % settings.TRAGNETZ_UPLOAD_AT_ONCE)
        return found

    @property
    def asked(self) -> list[forms.BoundField]:
        """What is asked beside the files."""
        return [self[name] for name in _ASKED_TO_KEEP if name in self.fields]


class SeenForm(KeyedForm, PartForm, _PaperForm):
    """A paper that somebody saw and does not keep."""

    seen_on = day_field(_("Wann gesehen?"))
    field_order = _ASKED_WHEN_SEEN

    def clean_seen_on(self) -> date:
        """Take a day of the last year."""
        day: date = self.cleaned_data["seen_on"]
        if not seen_fits(day, self.today):
            raise forms.ValidationError(_("Bitte wählen Sie einen Tag im letzten Jahr, höchstens heute."))
        return day

    @property
    def asked(self) -> list[forms.BoundField]:
        """What is asked."""
        return [self[name] for name in _ASKED_WHEN_SEEN if name in self.fields]


class ChangeForm(_KeptForm):
    """What is known of a paper that is there."""

    deadline = forms.ChoiceField(label=_("Gehört zu welcher Frist?"), required=False)

    def __init__(self, *args: Any, file: CaseFile, deadlines: Sequence[Deadline], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        initial = {
            "paper": file.paper, "note": file.note, "keep_for": file.keep_for,
            "keep_until": file.keep_until.isoformat() if file.keep_until else "",
            "deadline": str(file.deadline_id or ""), "issued_on": file.issued_on.isoformat() if file.issued_on else "",
        }  # fmt: skip
        super().__init__(*args, initial=initial, **kwargs)
        self.file, self.deadlines = file, deadlines
        field = self.fields["deadline"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
        field.choices = [
            ("", _("zu keiner")),
            *((str(row.pk), f"{row.due_on:%d.%m.%Y}: {title_of(row)[:80]}") for row in deadlines),
        ]
        if not deadlines:
            del self.fields["deadline"]
        if not file.size:
            del self.fields["keep_for"], self.fields["keep_until"]

    def _is_as_before(self, cleaned: dict[str, Any]) -> bool:
        """Let a day stand that was right when it was chosen: it may be over by now."""
        return (cleaned["keep_for"], cleaned.get("keep_until")) == (self.file.keep_for, self.file.keep_until)

    def changed(self) -> FileDetails:
        """Return what was said; what is not asked stays."""
        data, file = self.cleaned_data, self.file
        chosen = next((row for row in self.deadlines if str(row.pk) == data.get("deadline")), None)
        if "keep_for" in self.fields:
            return self.details(chosen)
        return FileDetails(data["paper"], data["note"], file.keep_for, file.keep_until, chosen, data["issued_on"])


class DropForm(forms.Form):
    """Why a paper is deleted."""

    reason = forms.ChoiceField(
        label=_("Warum löschen?"), choices=[("", _("bitte wählen")), *DropReason.choices],
        error_messages={"required": _("Bitte wählen Sie, warum die Unterlage gelöscht wird.")},
    )  # fmt: skip
