"""What a partner chooses for a frame. A wrong choice in an address is simply not taken."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from tragnetz.core.texts import choose, content_language
from tragnetz.directory.models import Service
from tragnetz.directory.queries import topics
from tragnetz.network.models import Network, Organisation

KINDS = [
    ("suche", _("Suche nach Hilfe")),
    ("angebot", _("Ein einzelnes Angebot")),
    ("angebote", _("Liste von Angeboten")),
]
HEIGHTS = {"suche": 480, "angebot": 260, "angebote": 640}
MOST_CHOICES = 300  # of a select; the page of an offer leads here with that offer chosen


class FrameForm(forms.Form):
    """Which frame: its kind, language, and what it is about."""

    art = forms.ChoiceField(label=_("Was möchten Sie zeigen?"), choices=KINDS, required=False)
    sprache = forms.ChoiceField(label=_("Sprache"), required=False)
    thema = forms.ChoiceField(label=_("Thema (für Suche und Liste)"), required=False)
    organisation = forms.ChoiceField(label=_("Organisation (für Liste)"), required=False)
    angebot = forms.ChoiceField(label=_("Angebot (für ein einzelnes Angebot)"), required=False)

    def offer(self, choices: dict[str, list[tuple[str, str]]]) -> None:
        """Take the choices of this network."""
        for name, rows in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- all declared above
            field.choices = rows

    def address(self) -> str:
        """Return the path of the frame, in its language."""
        chosen = self._chosen()
        with override(chosen["sprache"]):
            if chosen["art"] == "angebot":
                return reverse("portal:frame_offer", args=[chosen["angebot"]])
            names = ("thema", "organisation") if chosen["art"] == "angebote" else ("thema",)
            query = QueryDict(mutable=True)
            query.update({name: chosen[name] for name in names if chosen[name]})
            page = reverse("portal:frame_offers" if chosen["art"] == "angebote" else "portal:frame_search")
            return f"{page}?{query.urlencode()}" if query else page

    def height(self) -> int:
        """Return a height at which most of it is seen without scrolling."""
        return HEIGHTS[self._chosen()["art"]]

    def _chosen(self) -> dict[str, str]:
        self.is_valid()
        chosen = {name: self.cleaned_data.get(name) or "" for name in self.fields}
        chosen["art"] = chosen["art"] or "suche"
        chosen["sprache"] = chosen["sprache"] or get_language() or "de"
        first = self.fields["angebot"].choices  # type: ignore[attr-defined]  # a ChoiceField, declared above
        if chosen["art"] == "angebot" and not chosen["angebot"]:
            chosen["angebot"] = str(first[0][0]) if first else "-"
        return chosen


def frame_form(typed: QueryDict, services: QuerySet[Service], network: Network) -> FrameForm:
    """Return the form with the choices of a network; an offer that was asked for by its page is among them."""
    language = get_language() or "de"
    initial = {"art": "suche", "sprache": language}
    data: dict[str, Any] = initial | {name: value[:80] for name, value in typed.items()}
    form = FrameForm(data)
    rows = {row.key: row for row in services[:MOST_CHOICES]}
    asked = data.get("angebot", "")
    if asked and asked not in rows:
        rows |= {row.key: row for row in services.filter(key=asked)}
    organisations = Organisation.objects.filter(pk__in=services.order_by().values("organisation"))
    spoken = {content_language(code): (code, name) for code, name in settings.LANGUAGES}
    form.offer(
        {
            "sprache": [spoken[key] for key in network.languages if key in spoken],
            "thema": [("", str(_("alle"))), *((row.key, choose(row.name, language).text) for row in topics())],
            "organisation": [("", str(_("alle"))), *((row.key, row.name) for row in organisations[:MOST_CHOICES])],
            "angebot": [(row.key, choose(row.name, language).text) for row in rows.values()],
        }
    )
    return form
