"""What an address of the figures asks for: every choice stands in it, so that a page can be kept and printed."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from tragnetz.core.months import months_later
from tragnetz.core.texts import choose
from tragnetz.directory.queries import topics
from tragnetz.network.actors import Actor
from tragnetz.network.models import District, Programme
from tragnetz.reporting.access import visible_programmes
from tragnetz.reporting.groups import Group, groups_of
from tragnetz.reporting.reach.cells import Wanted

ALL, YEAR = "", "12"
REACHED, ASKED = "", "anfragen"  # what the map shows


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of a field: what stands in the address, and its words."""

    value: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the filter."""

    name: str
    label: str
    options: tuple[Option, ...]

    @property
    def chosen(self) -> Option:
        """The option that holds."""
        return next((one for one in self.options if one.chosen), self.options[0])


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked at, with the fields to choose anew, and the names of what tables are split by."""

    group: Group
    wanted: Wanted
    fields: tuple[Field, ...]
    districts: Mapping[uuid.UUID | None, str]
    topics: Mapping[str, str]
    organisations: Mapping[uuid.UUID, str]
    on_map: str

    @property
    def address(self) -> str:
        """The query of an address with these choices; what is not chosen is left out."""
        return urlencode({one.name: one.chosen.value for one in self.fields if one.chosen.value})

    @property
    def for_paper(self) -> "Asked":
        """What a paper that leaves the house tells of: the whole project, in all its time or in one of its years."""
        first = self.group.starts.replace(day=1) if self.wanted.year is None else self.wanted.first
        wanted = Wanted(first, self.wanted.last, programme=self.wanted.programme, year=self.wanted.year)
        return replace(self, wanted=wanted)


def asked_for(actor: Actor, given: Mapping[str, str], day: date) -> Asked | None:
    """Return what an address asks for; unknown words mean all. Nothing where the actor has no project to look at."""
    own = set(visible_programmes(actor).values_list("pk", flat=True))
    rows = list(Programme.objects.prefetch_related("organisations"))
    # A target that is shared is looked at by all who share it.
    groups = [one for one in groups_of(rows) if own & {row.pk for row in one.programmes}]
    if not groups:
        return None
    group = _group(groups, given.get("projekt", ""), day)
    places = list(District.objects.all())
    named_topics = {row.key: choose(row.name, "de").text for row in topics()}
    members = {one.pk: one for row in group.programmes for one in row.organisations.all()}
    organisations = sorted(members.values(), key=lambda one: one.short_name)
    last = max(min(day, group.ends), group.starts)  # of one that is to begin: its first month, still empty
    span = given.get("zeit", ALL) if given.get("zeit", ALL) in _spans(group, last) else ALL
    first, until = _span(group, span, last)
    district = {row.key: row for row in places}.get(given.get("bezirk", ""))
    organisation = {row.key: row for row in organisations}.get(given.get("organisation", ""))
    topic = given.get("thema", "") if given.get("thema", "") in named_topics else ""
    wanted = Wanted(
        first, until, organisation.pk if organisation else None, district.pk if district else None, topic,
        group.programmes[0].pk if group.whole else None, int(span) if span not in {ALL, YEAR} else None,
    )  # fmt: skip
    fields = (
        _field("projekt", _("Projekt"), {one.key: one.name for one in groups}, group.key),
        _field("zeit", _("Zeitraum"), _spans(group, last), span),
        _field("bezirk", _("Stadtbezirk"), {"": _("alle"), **{row.key: row.name for row in places}},
               district.key if district else ""),
        _field("thema", _("Thema"), {"": _("alle"), **named_topics}, topic),
        _field("organisation", _("Organisation"), {"": _("alle"), **{row.key: row.short_name for row in organisations}},
               organisation.key if organisation else ""),
        _field("karte", _("Karte zeigt"), {REACHED: _("erreichte Personen"), ASKED: _("Anfragen")},
               given.get("karte", "")),
    )  # fmt: skip
    return Asked(
        group, wanted, fields, {row.pk: row.name for row in places}, named_topics,
        {row.pk: row.short_name for row in organisations}, fields[-1].chosen.value,
    )  # fmt: skip


def _group(groups: list[Group], key: str, day: date) -> Group:
    """Return the group that was asked for; else one that runs today, else the last that ended."""
    named = next((one for one in groups if one.key == key), None)
    runs = [one for one in groups if one.starts <= day <= one.ends]
    return named or (runs[0] if runs else max(groups, key=lambda one: (one.ends, len(one.programmes))))


def _spans(group: Group, last: date) -> dict[str, str]:
    years = range(last.year, group.starts.year - 1, -1)
    return {ALL: _("von Anfang an"), YEAR: _("letzte 12 Monate"), **{str(year): str(year) for year in years}}


def _span(group: Group, asked: str, last: date) -> tuple[date, date]:
    first, until = group.starts.replace(day=1), last.replace(day=1)
    if asked == YEAR:
        first = max(first, months_later(until, -11))
    elif asked:
        first, until = max(first, date(int(asked), 1, 1)), min(until, date(int(asked), 12, 1))
    return first, until


def _field(name: str, label: str, options: Mapping[str, str], chosen: str) -> Field:
    return Field(name, label, tuple(Option(value, words, value == chosen) for value, words in options.items()))
