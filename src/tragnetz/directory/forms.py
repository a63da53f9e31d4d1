"""What people fill in about a service: providers the facts, editors all of it. Both give changes of a record."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tragnetz.directory.models import Office, Paper, ServiceStatus, Topic
from tragnetz.directory.names import NAMES
from tragnetz.directory.truth.addresses import phone_fault
from tragnetz.eligibility.facts import FACTS
from tragnetz.network.hours_text import HoursError, read_hours, write_hours
from tragnetz.network.languages import language_choices, language_name
from tragnetz.network.models import District, Organisation, Site
from tragnetz.network.rules import LANGUAGE_NAMES
from tragnetz.network.shapes import Hours, plain

HOURS_HELP = gettext_lazy(
    "Eine Zeile für jede Regel, zum Beispiel: „Mo-Fr 8-15“, „1. Do im Monat 10-12“,"
    " „geschlossen 24.12.2026-01.01.2027“. Bemerkungen in Klammern."
)
UNIT = "Plätze"
_NUMBER = gettext_lazy("Bitte eine Zahl, zum Beispiel 12.")

type Record = Mapping[str, Any]


def _text(label: Any, *, rows: int = 0, most: int = 400, required: bool = False, hint: Any = "") -> forms.CharField:  # noqa: ANN401 -- lazy texts
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(),
        error_messages={
            "required": _("Bitte füllen Sie „%s“ aus.") % label,
            "max_length": _("„%(label)s“ ist zu lang: höchstens %(most)s Zeichen.") % {"label": label, "most": most},
        },
    )


def _number(label: Any, most: int, hint: Any = "") -> forms.IntegerField:  # noqa: ANN401 -- lazy texts
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=most,
        required=False,
        help_text=hint,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _NUMBER, "min_value": _NUMBER, "max_value": _NUMBER},
    )


def _website(label: Any) -> forms.URLField:  # noqa: ANN401 -- lazy texts
    return forms.URLField(
        label=label,
        required=False,
        max_length=400,
        assume_scheme="https",
        error_messages={"invalid": _("Bitte eine Adresse im Internet, zum Beispiel https://www.beispiel.de.")},
    )


def _phone(typed: str, known: str, country: str) -> str:
    """Refuse what cannot be a number; one that stood there before may stay."""
    typed = typed.strip()
    if typed and typed != known and phone_fault(typed, country):
        raise forms.ValidationError(_("Diese Nummer gibt es so nicht. Zum Beispiel: 02323 123456."))
    return typed


def _many(label: Any, choices: list[tuple[str, str]], hint: Any = "") -> forms.MultipleChoiceField:  # noqa: ANN401 -- lazy texts
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, help_text=hint, widget=forms.CheckboxSelectMultiple
    )


class FactsForm(forms.Form):
    """The facts that change: how to reach it, when, what it costs, free places, whether it runs."""

    def __init__(self, *args: Any, record: Record, country: str = "DE", **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        self.record, self.country = record, country
        kwargs.setdefault("initial", {})
        super().__init__(*args, **kwargs)
        self.places = [(number, place) for number, place in enumerate(record.get("places", []))]
        self._facts()
        self.initial = {**self.facts_of(record), **self.initial}

    def _facts(self) -> None:
        names = {row.key: row.name for row in Site.objects.filter(key__in=[place["site"] for _n, place in self.places])}
        add = self.fields
        add["status"] = forms.ChoiceField(label=_("Stand"), choices=ServiceStatus.choices)
        add["phone"] = _text(_("Telefon"), most=40)
        add["email"] = forms.EmailField(
            label=_("E-Mail"),
            required=False,
            error_messages={"invalid": _("Bitte eine E-Mail-Adresse, zum Beispiel info@beispiel.de.")},
        )
        add["url"] = _website(_("Website"))
        add["by_appointment"] = forms.ChoiceField(
            label=_("Braucht man einen Termin?"),
            choices=[("", _("nicht bekannt")), ("yes", _("ja, nur mit Termin")), ("no", _("nein"))],
            required=False,
        )
        add["hours"] = _text(_("Öffnungszeiten"), rows=4, most=4000, hint=HOURS_HELP)
        for number, place in self.places:
            if place.get("hours") or len(self.places) > 1:
                label = _("Öffnungszeiten an diesem Ort: %s") % names.get(place["site"], place["site"])
                add[f"hours_{number}"] = _text(label, rows=3, most=4000)
        add["cost"] = _text(_("Was kostet es?"), hint=_("Zum Beispiel: kostenlos"))
        add["languages"] = _many(_("In welchen Sprachen?"), language_choices())
        add["available"] = _number(_("Freie Plätze"), 10_000, _("Leer lassen, wenn es keine Plätze gibt."))
        add["maximum"] = _number(_("Plätze insgesamt"), 10_000)
        add["weeks"] = _number(_("Wartezeit in Wochen"), 520, _("0, wenn niemand warten muss."))

    def facts_of(self, record: Record) -> dict[str, Any]:
        """Return a record's facts as the fields of this form."""
        contact = record.get("contact", {})
        by_appointment = contact.get("by_appointment")
        capacity: Record = next(iter(record.get("capacities", [])), {})
        found = {
            "status": record.get("status", ServiceStatus.ACTIVE),
            "phone": contact.get("phone", ""),
            "email": contact.get("email", ""),
            "url": contact.get("url", ""),
            "by_appointment": "" if by_appointment is None else "yes" if by_appointment else "no",
            "hours": write_hours(record.get("hours", [])),
            "cost": (record.get("cost") or {}).get("de", ""),
            "languages": record.get("languages", []),
            "available": capacity.get("available", ""),
            "maximum": capacity.get("maximum", ""),
            "weeks": (record.get("waiting") or {}).get("weeks", ""),
        }
        return found | {f"hours_{number}": write_hours(place.get("hours", [])) for number, place in self.places}

    def clean_phone(self) -> str:
        """Refuse what cannot be a number."""
        return _phone(self.cleaned_data["phone"], self.initial.get("phone", ""), self.country)

    def clean(self) -> dict[str, Any]:
        """Read the lines of opening hours, each with its own error; check numbers against each other."""
        cleaned = super().clean() or self.cleaned_data
        for name in [name for name in self.fields if name.startswith("hours")]:
            known = self.record.get("hours", []) if name == "hours" else self._place(name).get("hours", [])
            try:
                cleaned[name] = read_hours(cleaned.get(name, ""), known)
            except HoursError as error:
                self.add_error(name, str(error))
        available, maximum = cleaned.get("available"), cleaned.get("maximum")
        if available is not None and maximum is not None and available > maximum:
            self.add_error("available", _("Es können nicht mehr Plätze frei sein, als es gibt."))
        if maximum is not None and available is None and "available" not in self.errors:
            self.add_error("available", _("Wie viele davon sind frei?"))
        return cleaned

    def _place(self, name: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = dict(self.places)[int(name.removeprefix("hours_"))]
        return found

    def changes(self, now: datetime) -> dict[str, Any]:
        """Return the fields of the record that differ from it, with None for what is now empty."""
        return changed(self.record, self.values(now))

    def values(self, now: datetime) -> dict[str, Any]:
        """Return all fields of this form as they would stand in the record."""
        data, record = self.cleaned_data, self.record
        contact = {**record.get("contact", {}), **{name: data[name] for name in ("phone", "email", "url")}}
        contact.pop("by_appointment", None)
        if data["by_appointment"]:
            contact["by_appointment"] = data["by_appointment"] == "yes"
        cost = {**(record.get("cost") or {}), "de": data["cost"]}
        return {
            "status": data["status"],
            "contact": contact,
            "hours": data["hours"],
            "places": [
                {**place, "hours": data.get(f"hours_{number}", place.get("hours", []))} for number, place in self.places
            ],
            "cost": cost if cost["de"] else None,
            "languages": [code for code in LANGUAGE_NAMES if code in data["languages"]]
            + [code for code in record.get("languages", []) if code not in LANGUAGE_NAMES],
            "capacities": self._capacities(now),
            "waiting": self._waiting(now),
        }

    def _capacities(self, now: datetime) -> list[dict[str, Any]]:
        data, known = self.cleaned_data, list(self.record.get("capacities", []))
        first = dict(known[0]) if known else {"unit": UNIT}
        if data["available"] is None:
            return known[1:]
        asked = {"available": data["available"], "maximum": data["maximum"]}
        if known and all(known[0].get(name) == value for name, value in asked.items()):
            return known
        told = {**first, **asked, "updated": now.isoformat()}
        return [{name: value for name, value in told.items() if value is not None}, *known[1:]]

    def _waiting(self, now: datetime) -> dict[str, Any] | None:
        weeks, known = self.cleaned_data["weeks"], self.record.get("waiting") or {}
        if weeks is None:
            return None
        return dict(known) if known.get("weeks") == weeks else {**known, "weeks": weeks, "on": now.date().isoformat()}


def changed(record: Record, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return those values that differ from the record; empty and missing are the same."""
    return {name: value or None for name, value in values.items() if (value or None) != (record.get(name) or None)} | {
        name: value for name, value in values.items() if value is False and record.get(name)
    }


def _papers() -> list[tuple[str, str]]:
    """Return all papers by name, each with who gives it out."""
    found = []
    for key, name, *issuers in Paper.objects.values_list("key", "name", "authority__name", "service__name"):
        issuer = next((one["de"] for one in issuers if one), "")
        found.append((key, f"{name['de']} ({issuer})" if issuer else name["de"]))
    return sorted(found, key=lambda one: one[1])


# The most important papers in their order: who has little time brings these.
FIRST_PAPERS = {
    "paper_1": gettext_lazy("Das wichtigste Papier"),
    "paper_2": gettext_lazy("Das zweite Papier"),
    "paper_3": gettext_lazy("Das dritte Papier"),
}


def _first_papers(papers: Sequence[tuple[str, str]]) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {
        name: forms.ChoiceField(label=label, choices=[("", _("keins")), *papers], required=False)
        for name, label in FIRST_PAPERS.items()
    }
    next(iter(fields.values())).help_text = _("So steht es auf der Website und auf dem Blatt zum Mitnehmen.")
    return fields


class EditForm(FactsForm):
    """All of a service but its rule and its translations, which have pages of their own."""

    def __init__(self, *args: Any, record: Record, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, record=record, **kwargs)
        words = {
            "name": _text(_("Name"), most=200, required=True),
            "summary": _text(_("Kurztext"), rows=2, most=400, required=True, hint=_("Ein oder zwei kurze Sätze.")),
            "description": _text(_("Beschreibung"), rows=6, most=4000, required=True),
            "simple_name": _text(_("Name in Einfacher Sprache"), most=200),
            "simple_summary": _text(_("Kurztext in Einfacher Sprache"), rows=2),
            "simple_description": _text(_("Beschreibung in Einfacher Sprache"), rows=4, most=4000),
            "exclusions_text": _text(_("Für wen nicht?"), rows=2, most=1000),
        }
        topics, papers = [(row.key, row.name["de"]) for row in Topic.objects.all()], _papers()
        rest: dict[str, forms.Field] = {
            "topics": _many(_("Themen"), topics),
            "keywords": _text(_("Suchwörter"), rows=2, most=1000, hint=_("Wie Leute es nennen, durch Komma getrennt.")),
            "papers": _many(
                _("Papiere"), papers,
                _("Dahinter steht, wer das Papier ausstellt. Beides kommt aus den Stadtdaten (papers.yaml)."),
            ),
            **_first_papers(papers),
            "districts": _many(
                _("Nur für diese Stadtbezirke"), [(row.key, row.name) for row in District.objects.all()],
                _("Ohne Auswahl: für die ganze Stadt."),
            ),
            "legal_basis": _text(_("Gesetz"), most=200),
            "date_text": _text(_("Frist, die man nicht verpassen darf"), rows=2, most=600),
            "valid_from": _date(_("Beginnt am")),
            "valid_until": _date(_("Läuft bis"), _("Nur bei Befristung. Wir erinnern ein halbes Jahr vorher.")),
            "sensitive": forms.BooleanField(
                label=_("Vertraulich zeigen: nie in Listen, die andere mitlesen können"), required=False
            ),
            "source_title": _text(_("Quelle"), most=200, required=True),
            "source_url": forms.URLField(label=_("Quelle im Internet"), required=False, assume_scheme="https"),
        }  # fmt: skip
        if record.get("kind") == "benefit":
            keys = FACTS["benefits"].values
            rest["gives"] = _many(
                _("Gilt in Regeln als"),
                list(zip(keys, (str(NAMES[key]) for key in keys), strict=True)),
                _("Nur wenn Regeln diese Leistung anders nennen: So findet die Suche, was aufeinander wartet."),
            )
        if not record.get("authority"):
            rest |= {"organisation": self._organisation(), "sites": self._sites()}
        self.fields = {**words, **self.fields, **rest}  # the order in which one is asked
        self.initial = {**self._all_of(record), **self.initial}

    def _organisation(self) -> forms.ChoiceField:
        rows = Organisation.objects.order_by("name")
        return forms.ChoiceField(
            label=_("Organisation"),
            choices=[("", _("bitte wählen")), *((row.key, row.name) for row in rows)],
            error_messages={"required": _("Bitte wählen Sie eine Organisation.")},
        )

    def _sites(self) -> forms.MultipleChoiceField:
        rows = Site.objects.select_related("organisation", "network").order_by("organisation__name", "name")
        own = (self.data or self.initial).get("organisation") or self.record.get("organisation")
        known = {place["site"] for place in self.record.get("places", [])}
        shown = [row for row in rows if row.organisation.key == own or row.key in known]
        hint = "" if shown else _("Diese Organisation hat noch keinen Ort. Legen Sie ihn auf ihrer Seite an.")
        return _many(_("Orte"), [(row.key, f"{row.name}, {row.address}") for row in shown], hint)

    def _all_of(self, record: Record) -> dict[str, Any]:
        texts = ("name", "summary", "description", "exclusions_text")
        source = record.get("source", {})
        return {
            **{field: (record.get(field) or {}).get("de", "") for field in texts},
            **{f"simple_{field}": (record.get(field) or {}).get("simple", "") for field in texts[:3]},
            **{field: record.get(field, []) for field in ("topics", "papers", "districts", "gives")},
            **{field: record.get(field) for field in ("valid_from", "valid_until", "sensitive", "organisation")},
            **dict(zip(FIRST_PAPERS, record.get("papers", []), strict=False)),
            "keywords": ", ".join((record.get("keywords") or {}).get("de", [])),
            "legal_basis": record.get("legal_basis", ""),
            "date_text": ((record.get("date_rule") or {}).get("text") or {}).get("de", ""),
            "source_title": source.get("title", ""),
            "source_url": source.get("url", ""),
            "sites": [place["site"] for place in record.get("places", [])],
        }

    def clean_topics(self) -> list[str]:
        """Ask for a topic: without one nobody finds it in a list."""
        chosen = list(self.cleaned_data["topics"])
        if not chosen:
            raise forms.ValidationError(_("Bitte wählen Sie mindestens ein Thema."))
        return chosen

    def clean(self) -> dict[str, Any]:
        """Check the term."""
        cleaned = super().clean()
        start, end = cleaned.get("valid_from"), cleaned.get("valid_until")
        if start and end and end < start:
            self.add_error("valid_until", _("Das Ende liegt vor dem Anfang."))
        return cleaned

    def values(self, now: datetime) -> dict[str, Any]:
        """Return all fields as they would stand in the record."""
        data, record = self.cleaned_data, self.record
        found = super().values(now)
        for field in ("name", "summary", "description"):
            found[field] = _texts(record.get(field), de=data[field], simple=data[f"simple_{field}"])
        found["exclusions_text"] = _texts(record.get("exclusions_text"), de=data["exclusions_text"])
        found["topics"], found["papers"] = sorted(data["topics"]), self._papers_in_order()
        if "gives" in data:
            found["gives"] = sorted(data["gives"])
        found["districts"], found["legal_basis"] = sorted(data["districts"]), data["legal_basis"]
        words = [word.strip() for word in data["keywords"].split(",") if word.strip()]
        keywords = {key: value for key, value in (record.get("keywords") or {}).items() if key != "de"}
        found["keywords"] = ({"de": words} if words else {}) | keywords
        found["date_rule"] = self._date_rule()
        found["valid_from"], found["valid_until"] = _iso(data["valid_from"]), _iso(data["valid_until"])
        found["sensitive"] = data["sensitive"]
        source = record.get("source", {})
        if (data["source_title"], data["source_url"]) != (source.get("title"), source.get("url", "")):
            source = {"title": data["source_title"], "url": data["source_url"], "on": now.date().isoformat()}
        found["source"] = source
        if "sites" in self.fields:
            known = {place["site"]: place for place in found["places"]}
            found["organisation"] = data["organisation"]
            found["places"] = [known.get(key, {"site": key}) for key in data["sites"]]
        return found

    def _papers_in_order(self) -> list[str]:
        """Return the papers: those that are said to come first, then as they stood, then what was added.

        One that is newly chosen to come first belongs to it, ticked or not.
        """
        data, known = self.cleaned_data, list(self.record.get("papers") or [])
        new = [data[name] for name in FIRST_PAPERS if data[name] and data[name] != self.initial.get(name)]
        wanted = {*data["papers"], *new}
        first = [data[name] for name in FIRST_PAPERS if data[name] in wanted]
        return list(dict.fromkeys([*first, *(key for key in known if key in wanted), *sorted(wanted)]))

    def _date_rule(self) -> dict[str, Any] | None:
        text, known = self.cleaned_data["date_text"], self.record.get("date_rule") or {}
        if not text:
            return None
        return {"kind": "any_time", **known, "text": _texts(known.get("text"), de=text)}


class OfficeForm(forms.Form):
    """What is told of an office: its name in each language of the network, its site, how to reach it and when.

    `office` comes with its network, its site and its organisation.
    """

    def __init__(self, *args: Any, office: Office, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        self.office = office
        others = [code for code in office.network.languages if code != "de"]
        known = Site.objects.filter(Q(organisation=office.organisation_id) | Q(pk=office.site_id)).order_by("name")
        sites = [(row.key, str(row)) for row in known]
        self.fields |= {
            "name": _text(_("Name"), most=200, required=True),
            "phone": _text(_("Telefon"), most=40),
            "url": _website(_("Website")),
            "site": forms.ChoiceField(label=_("Ort"), choices=[("", _("nicht bekannt")), *sites], required=False),
            "hours": _text(_("Öffnungszeiten"), rows=4, most=4000, hint=HOURS_HELP),
            "comment": _text(_("Bemerkung für den Verlauf"), hint=_("Zum Beispiel: Auskunft des Amtes am 3. Mai.")),
        }
        self.fields |= {f"name_{code}": _text(language_name(code), most=200) for code in others}
        self.initial = {
            "name": office.name["de"],
            "phone": office.phone,
            "url": office.url,
            "site": office.site.key if office.site else "",
            "hours": write_hours(office.hours),
            **{f"name_{code}": office.name.get(code, "") for code in others},
        }

    @property
    def told(self) -> list[forms.BoundField]:
        """Everything but the names in other languages."""
        return [self[name] for name in self.fields if not name.startswith("name_")]

    @property
    def names(self) -> list[forms.BoundField]:
        """The names in other languages."""
        return [self[name] for name in self.fields if name.startswith("name_")]

    @property
    def names_faulty(self) -> bool:
        """Whether one of these names cannot stay as it was typed."""
        return any(field.errors for field in self.names)

    def clean_phone(self) -> str:
        """Refuse what cannot be a number."""
        return _phone(self.cleaned_data["phone"], self.office.phone, self.office.network.holiday_country)

    def clean_hours(self) -> list[dict[str, Any]]:
        """Read the lines of opening hours."""
        try:
            return read_hours(self.cleaned_data["hours"], self.office.hours)
        except HoursError as error:
            raise forms.ValidationError(str(error)) from error

    def changes(self) -> dict[str, Any]:
        """Return all of it as `offices.put_office` takes it."""
        data = self.cleaned_data
        names = {name.removeprefix("name_"): data[name].strip() for name in data if name.startswith("name_")}
        return {
            "name": _texts(self.office.name, **(names | {"de": data["name"].strip()})),
            "phone": data["phone"],
            "url": data["url"],
            "site": data["site"],
            "hours": [plain(Hours.model_validate(row)) for row in data["hours"]],
        }


def remark_field() -> forms.CharField:
    """Return the field in which a provider says what the form does not ask."""
    return _text(
        _("Stimmt sonst etwas nicht?"),
        rows=3,
        most=1000,
        hint=_("Zum Beispiel Name, Text, Voraussetzungen, Papiere oder Anschrift. Die Redaktion ändert es."),
    )


def _date(label: Any, hint: Any = "") -> forms.DateField:  # noqa: ANN401 -- lazy texts
    return forms.DateField(
        label=label,
        required=False,
        help_text=hint,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Bitte ein Datum, zum Beispiel 01.12.2026.")},
    )


def _iso(day: Any) -> str | None:  # noqa: ANN401 -- a date or nothing
    return day.isoformat() if day else None


def _texts(known: Mapping[str, str] | None, **typed: str) -> dict[str, str] | None:
    found = {**(known or {}), **typed}
    kept = {language: text for language, text in found.items() if text}
    return kept if kept.get("de") else None


class TranslationForm(forms.Form):
    """The texts of one language beside the German ones."""

    def __init__(self, *args: Any, record: Record, language: str, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        self.record, self.language = record, language
        self.german: dict[str, str] = {}
        for field, (label, rows) in _TRANSLATED.items():
            texts = self._known(field)
            if texts.get("de"):
                self.german[field] = texts["de"]
                self.fields[field] = _text(label, rows=rows, most=4000)
                self.initial[field] = texts.get(language, "")

    def _known(self, field: str) -> dict[str, str]:
        if field == "date_rule":
            return dict((self.record.get("date_rule") or {}).get("text") or {})
        return dict(self.record.get(field) or {})

    def pairs(self) -> list[tuple[str, forms.BoundField]]:
        """Return each German text with the field of its translation."""
        return [(german, self[field]) for field, german in self.german.items()]

    def changes(self) -> dict[str, Any]:
        """Return the fields of the record whose translation changed."""
        found: dict[str, Any] = {}
        for field in self.german:
            texts = self._known(field)
            new = _texts({key: text for key, text in texts.items() if key != self.language},
                         **{self.language: self.cleaned_data[field].strip()})  # fmt: skip
            if new != texts:
                found[field] = {**self.record["date_rule"], "text": new} if field == "date_rule" else new
        return found


_TRANSLATED = {
    "name": (gettext_lazy("Name"), 0),
    "summary": (gettext_lazy("Kurztext"), 2),
    "description": (gettext_lazy("Beschreibung"), 6),
    "exclusions_text": (gettext_lazy("Für wen nicht?"), 2),
    "cost": (gettext_lazy("Kosten"), 0),
    "date_rule": (gettext_lazy("Frist"), 2),
}
