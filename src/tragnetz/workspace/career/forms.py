"""What is asked for a CV, with a word of help beside each field."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tragnetz.casework.career.checks import gap_words
from tragnetz.casework.career.commands import Ability, Applicant, Look, Stretch
from tragnetz.casework.career.enums import Colour, Design, EntryKind, Level, Recognition, SkillKind
from tragnetz.casework.career.models import CareerEntry, CareerSkill, Resume
from tragnetz.casework.career.queries import Papers
from tragnetz.casework.career.rules import LEARNED, levels_of, month_fits, month_words, read_month
from tragnetz.casework.coaching.models import Placement
from tragnetz.core.forms import KeyedForm
from tragnetz.workspace.career.fields import line
from tragnetz.workspace.counselling.parts import text_area


class ApplicantForm(forms.Form):
    """Who applies."""

    name = line(
        _("Name"),
        _("So, wie er oben auf dem Lebenslauf stehen soll."),
        required=_("Bitte schreiben Sie den Namen auf."),
    )
    address = text_area(
        _("Adresse"), rows=2, longest=300, help_text=_("Eine Zeile für die Straße, eine für Postleitzahl und Ort.")
    )
    phone = line(_("Telefon"), _("Eine Nummer, unter der der Betrieb anrufen darf."))
    email = forms.EmailField(
        label=_("E-Mail"), required=False, help_text=_("Am besten mit dem Namen, ohne Spitznamen."),
        error_messages={"invalid": _("Bitte prüfen Sie die Adresse, zum Beispiel name@beispiel.de.")},
    )  # fmt: skip
    birth = line(_("Geburtstag und Geburtsort"), _("Freiwillig. Ob es im Lebenslauf steht, wählen Sie später."))
    permit = line(
        _("Arbeitserlaubnis"),
        _("Nur, wenn der Betrieb danach fragen könnte, zum Beispiel „Niederlassungserlaubnis, Arbeit erlaubt“."),
    )
    summary = text_area(
        _("Zwei Sätze über die Person"), rows=2, longest=400,
        help_text=_("Freiwillig. Wer bin ich, was suche ich? Zum Beispiel: „Verkäuferin mit zwölf Jahren Erfahrung.“"),
    )  # fmt: skip

    def applicant(self) -> Applicant:
        """Return who applies."""
        return Applicant(**self.cleaned_data)


def applicant_initial(resume: Resume) -> dict[str, str]:
    """Return who applies as it was written last, or as the case knows it."""
    return {name: getattr(resume, name) for name in ApplicantForm.base_fields}


class MonthField(forms.CharField):
    """A month as MM/JJJJ, or a year alone."""

    def __init__(self, *, at_end: bool = False, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(max_length=12, widget=forms.TextInput(attrs={"inputmode": "text"}), **kwargs)
        self.at_end = at_end

    def clean(self, value: Any) -> Any:  # noqa: ANN401 -- Django's interface
        """Return the month and whether it was only a year; nothing for nothing."""
        typed = super().clean(value)
        if not typed:
            return None
        found = read_month(typed, at_end=self.at_end)
        if found is None:
            raise forms.ValidationError(_now("Bitte Monat und Jahr, zum Beispiel 03/2019. Oder nur das Jahr."))
        return found


class EntryForm(KeyedForm):
    """A stretch of life."""

    kind = forms.ChoiceField(label=_("Was war das?"), choices=EntryKind.choices)
    title = line(
        _("Bezeichnung"), _("Zum Beispiel: Verkäuferin, Hauptschulabschluss, Familienzeit, Trainer im Verein."),
        required=_("Bitte schreiben Sie, was das war."),
    )  # fmt: skip
    place = line(_("Wo?"), _("Betrieb oder Schule und Ort, bei anderen Ländern auch das Land."))
    starts = MonthField(
        label=_("Von"), help_text=_("Monat/Jahr, zum Beispiel 03/2019. Nur das Jahr bekannt? Dann nur das Jahr."),
        error_messages={"required": _("Bitte schreiben Sie, wann das begann.")},
    )  # fmt: skip
    ends = MonthField(label=_("Bis"), help_text=_("Leer lassen, wenn es noch andauert."), required=False, at_end=True)
    tasks = text_area(
        _("Was gehörte dazu?"), rows=4, longest=2_000,
        help_text=_("Eine Zeile für jede Aufgabe. Auch bei Familie und Pflege: organisieren, begleiten, planen."),
    )  # fmt: skip
    recognition = forms.ChoiceField(
        label=_("Abschluss aus einem anderen Land"), choices=[("", _("trifft nicht zu")), *Recognition.choices],
        required=False, help_text=_("Nur bei Schule, Ausbildung, Studium und Kurs."),
    )  # fmt: skip

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        self.today = today

    @property
    def shown(self) -> list[forms.BoundField]:
        """All but the key."""
        return [self[name] for name in ("kind", "title", "place", "starts", "ends", "tasks", "recognition")]

    def clean(self) -> dict[str, Any]:
        """Compare the months."""
        cleaned = super().clean() or self.cleaned_data
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        for name, typed in (("starts", starts), ("ends", ends)):
            if typed and not month_fits(typed[0], self.today):
                self.add_error(name, _now("Bitte prüfen Sie das Jahr."))
        if starts and ends and ends[0] < starts[0]:
            self.add_error("ends", _now("Das Ende liegt vor dem Anfang."))
        if cleaned.get("recognition") and cleaned.get("kind") not in LEARNED:
            self.add_error("recognition", _now("Das gibt es nur bei Schule, Ausbildung, Studium und Kurs."))
        return cleaned

    def stretch(self) -> Stretch:
        """Return the stretch of life."""
        data = self.cleaned_data
        ends = data["ends"]
        return Stretch(
            kind=EntryKind(data["kind"]), title=data["title"], place=data["place"], tasks=data["tasks"],
            starts_on=data["starts"][0], ends_on=ends[0] if ends else None, recognition=data["recognition"],
            years_only=data["starts"][1] or bool(ends and ends[1]),
        )  # fmt: skip


def entry_initial(entry: CareerEntry) -> dict[str, Any]:
    """Return a stretch of life as its form shows it."""
    ends = month_words(entry.ends_on, years_only=entry.years_only) if entry.ends_on else ""
    return {
        "kind": entry.kind, "title": entry.title, "place": entry.place, "tasks": entry.tasks,
        "recognition": entry.recognition, "starts": month_words(entry.starts_on, years_only=entry.years_only),
        "ends": ends,
    }  # fmt: skip


def proposed_entry(asked: Mapping[str, str], papers: Papers, placements: list[Placement]) -> dict[str, Any]:
    """Return a form that begins with words for a gap, or with work that began here; else an empty one."""
    for placement in placements:
        if str(placement.pk) == asked.get("arbeit"):
            ends = month_words(placement.ended_on, years_only=False) if placement.ended_on else ""
            return {
                "kind": EntryKind.JOB, "title": placement.job or placement.get_kind_display(),
                "place": placement.employer, "starts": month_words(placement.starts_on, years_only=False), "ends": ends,
            }  # fmt: skip
    for gap in papers.gaps:
        if gap.first.isoformat() == asked.get("luecke"):
            words = gap_words().get(asked.get("worte", ""))
            return {
                "starts": month_words(gap.first, years_only=False), "ends": month_words(gap.last, years_only=False),
                "kind": words.kind if words else EntryKind.OTHER, "title": words.title if words else "",
            }  # fmt: skip
    return {}


class SkillForm(KeyedForm):
    """Something that somebody can do."""

    kind = forms.ChoiceField(label=_("Art"), choices=SkillKind.choices)
    name = line(
        _("Was?"), _("Eine Stärke als Hauptwort, zum Beispiel Geduld. Sonst: Türkisch, Excel, Führerschein Klasse B."),
        required=_("Bitte schreiben Sie, was es ist."),
    )  # fmt: skip
    level = forms.ChoiceField(
        label=_("Wie gut?"), choices=[("", _("ohne Angabe")), *Level.choices], required=False,
        help_text=_("Nur bei Sprachen und Programmen."),
    )  # fmt: skip
    example = text_area(
        _("Ein Beispiel"), rows=2, longest=400,
        help_text=_("Bei Stärken: ein Satz aus dem Leben. „In drei Jahren war ich nie zu spät.“"),
    )  # fmt: skip

    @property
    def shown(self) -> list[forms.BoundField]:
        """All but the key."""
        return [self[name] for name in ("kind", "name", "level", "example")]

    def clean(self) -> dict[str, Any]:
        """Compare the level with the kind."""
        cleaned = super().clean() or self.cleaned_data
        level, kind = cleaned.get("level"), cleaned.get("kind")
        if level and kind and level not in levels_of(SkillKind(kind)):
            self.add_error("level", _now("Diese Stufe passt nicht: A1 bis C2 ist für Sprachen, „gut“ für Programme."))
        return cleaned

    def ability(self) -> Ability:
        """Return the skill."""
        data = self.cleaned_data
        return Ability(SkillKind(data["kind"]), data["name"], data["level"], data["example"])


def skill_initial(skill: CareerSkill) -> dict[str, str]:
    """Return a skill as its form shows it."""
    return {"kind": skill.kind, "name": skill.name, "level": skill.level, "example": skill.example}


class LookForm(forms.Form):
    """How the CV looks, and what it shows."""

    design = forms.ChoiceField(label=_("Gestaltung"), choices=Design.choices)
    colour = forms.ChoiceField(label=_("Farbe"), choices=Colour.choices)
    order = forms.ChoiceField(
        label=_("Reihenfolge"), choices=[("new", _("das Neueste zuerst (üblich)")), ("old", _("das Älteste zuerst"))]
    )
    shows_birth = forms.BooleanField(label=_("Geburtstag und Geburtsort zeigen"), required=False)
    entries = forms.MultipleChoiceField(
        label=_("Diese Stationen zeigen"), required=False, widget=forms.CheckboxSelectMultiple
    )
    skills = forms.MultipleChoiceField(
        label=_("Diese Kenntnisse zeigen"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, papers: Papers, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        self.papers = papers
        self._choose("entries", [(str(row.pk), f"{row.title} ({row.starts_on.year})") for row in papers.entries])
        self._choose("skills", [(str(row.pk), row.name) for row in papers.skills])
        if not papers.resume.birth:
            del self.fields["shows_birth"]

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 -- declared above
        field.choices = choices
        if not choices:
            del self.fields[name]

    def look(self) -> Look:
        """Return how the CV looks."""
        data = self.cleaned_data
        shown = {*data.get("entries", ()), *data.get("skills", ())}
        known = {str(row.pk) for row in (*self.papers.entries, *self.papers.skills)}
        return Look(
            Design(data["design"]), Colour(data["colour"]), newest_first=data["order"] == "new",
            shows_birth=bool(data.get("shows_birth")), hidden=frozenset(known - shown),
        )  # fmt: skip


def look_initial(papers: Papers) -> dict[str, Any]:
    """Return how the CV looks now."""
    resume = papers.resume
    return {
        "design": resume.design, "colour": resume.colour, "order": "new" if resume.newest_first else "old",
        "shows_birth": resume.shows_birth, "entries": [str(row.pk) for row in papers.entries if row.is_shown],
        "skills": [str(row.pk) for row in papers.skills if row.is_shown],
    }  # fmt: skip
