"""How somebody's life is seen on a day, domain by domain."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from tragnetz.casework.enums import LifeDomain, Need, Occasion
from tragnetz.casework.ratings.anchors import ANCHORS, LEVEL_NAMES, SENSITIVE
from tragnetz.casework.ratings.rules import LEVELS, Line, day_fits
from tragnetz.core.forms import KeyedForm
from tragnetz.workspace.counselling.parts import PartForm, day_field

_LEVELS = [("", _("nicht besprochen")), *((str(level), LEVEL_NAMES[level]) for level in LEVELS)]
_TEXTS = 2_000


class Anchor(NamedTuple):
    """A level of a domain as the form shows it: what it means, and whether each of the two views is it."""

    level: str
    name: object
    text: object
    is_own: bool
    is_ours: bool


class DomainRow(NamedTuple):
    """A domain of the form."""

    domain: LifeDomain
    is_sensitive: bool
    is_open: bool
    anchors: list[Anchor]
    fields: list[forms.BoundField]


class RatingForm(KeyedForm, PartForm):
    """All domains; whatever stays empty was not talked about."""

    rated_on = day_field(_("Wann?"))
    occasion = forms.ChoiceField(label=_("Anlass"), choices=Occasion.choices)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, year=today.year, **kwargs)
        self.today = today
        for domain in LifeDomain:
            self.fields[f"own_{domain}"] = forms.ChoiceField(choices=_LEVELS, required=False)
            self.fields[f"level_{domain}"] = forms.ChoiceField(choices=_LEVELS, required=False)
            self.fields[f"strength_{domain}"] = forms.CharField(
                label=_("Stärke: Was gelingt, wer hilft?"), max_length=_TEXTS, required=False
            )
            self.fields[f"need_{domain}"] = forms.CharField(
                label=_("Bedarf: Was fehlt?"), max_length=_TEXTS, required=False
            )
            self.fields[f"urgency_{domain}"] = forms.ChoiceField(
                label=_("Wie eilig?"), choices=Need.choices, required=False
            )

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """The fields before the domains."""
        return [self[name] for name in ("rated_on", "occasion", "part") if name in self.fields]

    @property
    def domains(self) -> Iterator[DomainRow]:
        """The domains with their anchors, those with something in them open."""
        for domain in LifeDomain:
            own, level = str(self[f"own_{domain}"].value() or ""), str(self[f"level_{domain}"].value() or "")
            fields = [self[f"{name}_{domain}"] for name in ("strength", "need", "urgency")]
            anchors = [
                Anchor(str(number), LEVEL_NAMES[number], text, own == str(number), level == str(number))
                for number, text in zip(LEVELS, ANCHORS[domain], strict=True)
            ]
            anchors.append(Anchor("", _("nicht besprochen"), "", not own, not level))
            said = bool(own or level or any(field.value() for field in fields))
            yield DomainRow(domain, domain in SENSITIVE, said, anchors, fields)

    def clean_rated_on(self) -> date:
        """Refuse a day before the case, or to come."""
        day: date = self.cleaned_data["rated_on"]
        if not day_fits(day, self.view.case.opened_on, self.today):
            raise forms.ValidationError(_("Das Datum muss zwischen dem Beginn des Falls und heute liegen."))
        return day

    def lines(self) -> list[Line]:
        """Return what was said of each domain."""
        data = self.cleaned_data
        return [
            Line(
                domain,
                int(data[f"level_{domain}"]) if data[f"level_{domain}"] else None,
                int(data[f"own_{domain}"]) if data[f"own_{domain}"] else None,
                data[f"urgency_{domain}"], data[f"strength_{domain}"], data[f"need_{domain}"],
            )
            for domain in LifeDomain
        ]  # fmt: skip
