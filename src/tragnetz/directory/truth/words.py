"""A field of a record in words, and what changed between two values: for people who read a history."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tragnetz.directory.models import Revision, ServiceKind, ServiceStatus, Subject
from tragnetz.directory.names import names_of
from tragnetz.directory.sentences import Requirement, requirements
from tragnetz.directory.truth.rules import LABELS
from tragnetz.eligibility.rules import parse_rule
from tragnetz.network.enums import OrganisationKind
from tragnetz.network.hours_text import write_hours
from tragnetz.network.languages import language_name

MOST_WORDS = 4000  # of a text that is compared word by word
_LABELS: dict[str, Any] = LABELS | {
    "short_name": gettext_lazy("Kurzer Name"),
    "email": gettext_lazy("E-Mail"),
    "phones": gettext_lazy("Telefon"),
    "phone": gettext_lazy("Telefon"),
    "site": gettext_lazy("Ort"),
    "responsibility": gettext_lazy("Zuständig für"),
    "url": gettext_lazy("Website"),
    "address": gettext_lazy("Anschrift"),
    "street": gettext_lazy("Straße"),
    "number": gettext_lazy("Hausnummer"),
    "postcode": gettext_lazy("Postleitzahl"),
    "city": gettext_lazy("Stadt"),
    "locality": gettext_lazy("Ortsteil"),
    "latitude": gettext_lazy("Breitengrad"),
    "longitude": gettext_lazy("Längengrad"),
    "step_free": gettext_lazy("Ohne Stufen erreichbar"),
    "transport": gettext_lazy("Bus und Bahn"),
    "when": gettext_lazy("Für wen"),
    "otherwise": gettext_lazy("Wer die anderen nimmt"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a comparison: the same on both sides, only before (`gone`), or only after (`new`)."""

    text: str
    change: str = ""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a change, piece by piece."""

    label: str
    pieces: list[Piece]


def label_of(field: str) -> str:
    """Return what people call a field of a service, an organisation, a site or an office."""
    return str(_LABELS.get(field, field))


def changes_of(revision: Revision, names: Mapping[str, str]) -> list[FieldChange]:
    """Return what a revision changed, in words. `names` gives names of topics, papers, sites and so on by their key."""
    before, after = revision.before or {}, revision.after or {}
    words = field_words if revision.subject == Subject.SERVICE else _row_words
    found = []
    for field in revision.fields:
        was, now = _that_differ(before.get(field), after.get(field))
        found.append(FieldChange(label_of(field), compared(words(field, was, names), words(field, now, names))))
    return found


def _that_differ(before: Any, after: Any) -> tuple[Any, Any]:  # noqa: ANN401 -- any field's value
    """Return of texts in several languages only those that differ; all else as it is."""
    if not (_is_texts(before) and _is_texts(after)):
        return before, after
    same = {key for key in before if before[key] == after.get(key)}
    return _without(before, same), _without(after, same)


def _without(texts: Mapping[str, Any], same: set[str]) -> dict[str, Any]:
    return {key: text for key, text in texts.items() if key not in same}


def _is_texts(value: Any) -> bool:  # noqa: ANN401 -- as above
    return isinstance(value, Mapping) and "de" in value


def name_of_removed(revision: Revision) -> str:
    """Return what a row was called that is no longer there; its key where the history does not hold its name."""
    name = (revision.before or {}).get("name") or revision.key
    return str(name["de"] if isinstance(name, dict) else name)


def compared(before: str, after: str) -> list[Piece]:
    """Return two texts as one, word by word."""
    old, new = before.split(" ")[:MOST_WORDS], after.split(" ")[:MOST_WORDS]
    pieces = []
    for kind, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece(" ".join(old[start:end])))
            continue
        if end > start and any(old[start:end]):
            pieces.append(Piece(" ".join(old[start:end]), "gone"))
        if new_end > new_start and any(new[new_start:new_end]):
            pieces.append(Piece(" ".join(new[new_start:new_end]), "new"))
    return pieces


def field_words(field: str, value: Any, names: Mapping[str, str]) -> str:  # noqa: ANN401 -- any field's value
    """Return the value of a field as text with lines; an empty one as empty text."""
    if value in (None, "", [], {}):
        return ""
    if field == "places":
        return _places(value, names)
    if field in _WRITERS:
        return _WRITERS[field](value)
    return _plain(value, names)


def _row_words(field: str, value: Any, names: Mapping[str, str]) -> str:  # noqa: ANN401 -- any field's value
    """Return the value of a field of an organisation, a site or an office; offices alone have names in languages."""
    if value in (None, "", [], {}):
        return ""
    return _ROW_WRITERS[field](value) if field in _ROW_WRITERS else _plain(value, names)


def german_words(field: str, value: Any, names: Mapping[str, str]) -> str:  # noqa: ANN401 -- as above
    """Return the value of a field as text, of texts in several languages only the German one."""
    if _WRITERS.get(field) is _texts:
        return str(value.get("de", ""))
    if field == "date_rule":
        return str(value.get("text", {}).get("de", ""))
    return field_words(field, value, names)


def _plain(value: Any, names: Mapping[str, str]) -> str:  # noqa: ANN401 -- as above
    if isinstance(value, bool):
        return _("Ja") if value else _("Nein")
    if isinstance(value, list):
        return ", ".join(names.get(str(one), str(one)) for one in value)
    if isinstance(value, str):
        return names.get(value, value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _texts(value: Mapping[str, str]) -> str:
    return "\n".join(f"{language_name(key)}: {text}" for key, text in sorted(value.items()))


def _contact(value: Mapping[str, Any]) -> str:
    labels = {"phone": _("Telefon"), "email": _("E-Mail"), "url": _("Website")}
    lines = [f"{label}: {value[key]}" for key, label in labels.items() if value.get(key)]
    if value.get("by_appointment") is not None:
        lines.append(_("Nur mit Termin.") if value["by_appointment"] else _("Ohne Termin."))
    lines += [f"{phone.get('description') or _('Telefon')}: {phone['number']}" for phone in value.get("phones", [])]
    lines += [", ".join(filter(None, (one.get("name"), one.get("title")))) for one in value.get("people", [])]
    return "\n".join(lines)


def _places(value: list[Mapping[str, Any]], names: Mapping[str, str]) -> str:
    return "\n".join(
        "\n".join(filter(None, (names.get(one["site"], one["site"]), write_hours(one.get("hours", [])))))
        for one in value
    )


def _prices(value: list[Mapping[str, Any]]) -> str:
    return "\n".join(
        " ".join(str(part) for part in (one.get("option"), one.get("amount"), one.get("currency")) if part is not None)
        for one in value
    )


def _capacities(value: list[Mapping[str, Any]]) -> str:
    return "\n".join(
        f"{one['available']}{'/' + str(one['maximum']) if one.get('maximum') is not None else ''} {one['unit']}"
        for one in value
    )


def _waiting(value: Mapping[str, Any]) -> str:
    return _("%s Wochen") % value["weeks"] if value.get("weeks") is not None else _("Wartezeit nicht bekannt")


def _rule(value: Mapping[str, Any]) -> str:
    return "\n".join(_requirement(one) for one in requirements(parse_rule(value)))


def _requirement(one: Requirement) -> str:
    return one.text + (" " + " / ".join(one.choices) if one.choices else "")


def _date_rule(value: Mapping[str, Any]) -> str:
    return _texts(value.get("text", {}))


def _keywords(value: Mapping[str, list[str]]) -> str:
    return _texts({key: ", ".join(words) for key, words in value.items()})


def _source(value: Mapping[str, Any]) -> str:
    return ", ".join(str(part) for part in (value.get("title"), value.get("url"), value.get("on")) if part)


def _checked(value: Mapping[str, Any]) -> str:
    state = _("bestätigt") if value.get("state") == "confirmed" else _("zu prüfen")
    return ", ".join(str(part) for part in (state, value.get("on"), value.get("by")) if part)


def _status(value: str) -> str:
    return str(ServiceStatus(value).label)


def _service_kind(value: str) -> str:
    return str(ServiceKind(value).label)


def _languages(value: list[str]) -> str:
    return ", ".join(language_name(one) for one in value)


def _day(value: str) -> str:
    return date_format(date.fromisoformat(value), "j. F Y")


_WRITERS: dict[str, Callable[[Any], str]] = {
    **dict.fromkeys(("name", "summary", "description", "exclusions_text", "cost"), _texts),
    "contact": _contact,
    "hours": write_hours,
    "cost_options": _prices,
    "capacities": _capacities,
    "waiting": _waiting,
    "prerequisites": _rule,
    "date_rule": _date_rule,
    "keywords": _keywords,
    "source": _source,
    "checked": _checked,
    "status": _status,
    "kind": _service_kind,
    "languages": _languages,
    "gives": lambda value: ", ".join(names_of("benefits", value)),
    "valid_from": _day,
    "valid_until": _day,
}


def _numbers(value: list[Mapping[str, Any]]) -> str:
    return ", ".join(str(phone["number"]) for phone in value)


def _name(value: str | Mapping[str, str]) -> str:
    return value if isinstance(value, str) else _texts(value)


def _kind(value: str) -> str:
    return str(OrganisationKind(value).label) if value in OrganisationKind.values else value


_ROW_WRITERS: dict[str, Callable[[Any], str]] = {
    **dict.fromkeys(("short_name", "email", "phone", "url", "street", "number", "postcode", "city"), str),
    **dict.fromkeys(("latitude", "longitude"), str),
    **dict.fromkeys(("description", "transport"), _texts),
    "name": _name,
    "kind": _kind,
    "phones": _numbers,
    "hours": write_hours,
    "when": _rule,
}
