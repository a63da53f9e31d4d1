"""What somebody typed and chose on the search page. What makes no sense is left out: a search never fails."""

from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlencode

from babel.dates import get_day_names
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tragnetz.core.texts import choose, spoken_language
from tragnetz.directory.kept import Kept
from tragnetz.directory.listing import NOW, Wanted
from tragnetz.directory.queries import kept_topics
from tragnetz.network.queries import Place, find_places
from tragnetz.network.rules import DAYS, LANGUAGE_NAMES

MAX_TYPED = 300
NEAR = "nah"
# Which day of the list of `network.rules.DAYS` stands for which word.
OPENINGS = [
    ("", _("egal")),
    (NOW, _("jetzt offen")),
    ("mo", _("am Montag offen")),
    ("tu", _("am Dienstag offen")),
    ("we", _("am Mittwoch offen")),
    ("th", _("am Donnerstag offen")),
    ("fr", _("am Freitag offen")),
    ("sa", _("am Samstag offen")),
    ("su", _("am Sonntag offen")),
]


class Chip(NamedTuple):
    """A filter in force, in words, and the address of the same search without it."""

    words: str
    query: str


class SearchForm(forms.Form):
    """The fields of the search page."""

    q = forms.CharField(required=False, max_length=MAX_TYPED)
    thema = forms.ChoiceField(label=_("Thema"), required=False)
    ort = forms.CharField(label=_("Ihre Straße oder Ihr Ortsteil"), required=False, max_length=120)
    sprache = forms.ChoiceField(label=_("Man spricht dort"), required=False)
    offen = forms.ChoiceField(label=_("Geöffnet"), required=False, choices=OPENINGS)
    sortieren = forms.ChoiceField(
        label=_("Reihenfolge"), required=False, choices=[("", _("was am besten passt")), (NEAR, _("was nah ist"))]
    )

    def __init__(self, data: dict[str, str], kept: Kept) -> None:
        super().__init__({**data, "q": data.get("q", "")[:MAX_TYPED]})
        everything = [("", _("egal"))]
        language = get_language() or "de"
        self._choose("thema", everything + [(row.key, choose(row.name, language).text) for row in kept_topics(kept)])
        self._choose("sprache", everything + list(LANGUAGE_NAMES.items()))
        self.is_valid()  # what is wrong is not in cleaned_data, and so not looked for
        places = find_places(self._said("ort")) if self._said("ort") else []
        sure = [place for place in places if place.exact] or places
        self.places: list[Place] = list({place.locality.pk: place for place in reversed(sure)}.values())[::-1]

    def _choose(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def _said(self, name: str) -> str:
        return str(self.cleaned_data.get(name, "")).strip()

    @property
    def typed(self) -> str:
        """The words to look for."""
        return self._said("q")

    @property
    def place(self) -> Place | None:
        """Where the person lives, as far as it is known."""
        return self.places[0] if self.places else None

    @property
    def others(self) -> list[Place]:
        """Where the same words may lie, too."""
        return self.places[1:]

    @property
    def is_place_unknown(self) -> bool:
        """Whether a place was typed that the city does not have."""
        return bool(self._said("ort")) and not self.places

    @property
    def chosen_day(self) -> str:
        """The day on which it must be open, in the page's language."""
        day = self._said("offen")
        return (
            str(get_day_names("wide", locale=spoken_language(get_language() or "de"))[DAYS.index(day)])
            if day in DAYS
            else ""
        )

    @property
    def chosen(self) -> tuple[str, ...]:
        """What is chosen in the lists: as long as it is the same, so are they."""
        return tuple(self._said(name) for name in ("thema", "sprache", "offen", "sortieren"))

    def wanted(self) -> Wanted:
        """Return what is looked for."""
        return Wanted(
            typed=self.typed,
            topic=self._said("thema"),
            language=self._said("sprache"),
            home=self.place.locality if self.place else None,
            opening=self._said("offen"),
            nearest_first=self._said("sortieren") == NEAR,
        )

    def chips(self) -> list[Chip]:
        """Return the filters in force, each with the way to drop it."""
        return [Chip(words, self._query(without=name)) for name, words in self._in_force()]

    def without_filters(self) -> str:
        """Return the query of the same words alone."""
        return urlencode({"q": self.typed})

    def _in_force(self) -> Iterator[tuple[str, str]]:
        for name in ("thema", "sprache", "offen"):
            field = self.fields[name]
            if self._said(name) and isinstance(field, forms.ChoiceField):
                yield name, str(dict(field.choices)[self._said(name)])  # type: ignore[arg-type]  # plain pairs, see above
        if self.place:
            yield "ort", self.place.locality.name

    def _query(self, without: str) -> str:
        names = (name for name in self.fields if name != without and self._said(name))
        return urlencode({name: self._said(name) for name in names})
