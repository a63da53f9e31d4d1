"""One's own data to take along: exactly what the page shows, as JSON and as PDF."""

from datetime import date, datetime

from babel.dates import format_datetime
from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tragnetz.audit.commands import record
from tragnetz.casework.claims.told import Told
from tragnetz.casework.ownpage.queries import OwnPage, own_page
from tragnetz.casework.ownpage.sessions import Opened
from tragnetz.core.clock import now
from tragnetz.core.days import locale_of, written_day
from tragnetz.core.downloads import file_answer, json_answer
from tragnetz.core.texts import choose, spoken_language
from tragnetz.network.middleware import NetworkRequest
from tragnetz.portal.own.claims import in_words
from tragnetz.portal.own.entry import opened
from tragnetz.portal.own.files import with_state
from tragnetz.portal.own.referrals import OwnReferral, shown_referrals
from tragnetz.printing.pdf import render_pdf

type Section = dict[str, object]  # title, rows: [[label, text]]


def sections(shown: OwnPage, request: NetworkRequest, referrals: list[OwnReferral]) -> list[Section]:
    """Return what the page shows as sections of rows, each a label and a text, in the page's language."""
    language, zone = get_language() or "de", request.network.zone
    locale = spoken_language(language)

    def day(value: date | None) -> str:
        return written_day(value, locale) if value else ""

    def moment(value: datetime) -> str:
        return format_datetime(
            value.astimezone(zone), "d. MMMM y, HH:mm" if locale == "de" else "medium", locale=locale_of(locale)
        )

    def talk(at: datetime | None) -> str:
        return f"{_('Gemeinsames Gespräch')}: {moment(at)}" if at else ""

    def made(title: str, rows: list[list[str]]) -> Section:
        return {"title": title, "rows": rows}

    steps = [
        [str(step.get_owner_display()), _joined(step.text, step.due_on and _("bis %s") % day(step.due_on))]
        for step in [*(step for goal in shown.goals for step in goal.steps.all()), *shown.steps]
    ]
    steps += [[_("erledigt am %s") % day(step.done_on), step.text] for step in shown.done]
    return [
        made(_("Termine"), [
            [moment(row.starts_at), _joined(str(row.get_kind_display()), row.site and row.site.name)]
            for row in shown.bookings
        ]),
        made(_("Ziele"), [
            [goal.what, _joined(f"{_('Daran merken wir es')}: {goal.sign}", _("bis %s") % day(goal.due_on))]
            for goal in shown.goals
        ]),
        made(_("Schritte"), steps),
        made(_("Ihre Anträge"), [
            [one.name, _joined(words, one.office, one.until_on and _("gilt bis %s") % day(one.until_on),
                               _missing(one))]
            for one, words in in_words(shown.claims)
        ]),
        made(_("Was Sie erlaubt haben"), [
            [entry.to_whom, _joined(", ".join(entry.groups), entry_state(entry.holds, day(entry.until)))]
            for entry in shown.allowed
        ]),
        made(_("Hilfe von anderen Stellen"), [
            [one.name, _joined(one.words, one.read, talk(one.talk_at), one.talk_place, one.told)] for one in referrals
        ]),
        made(_("Wie Sie Ihre Lage sehen"), [
            [row.label, _joined(row.words, day(row.rated_on))] for row in shown.ratings
        ]),
        made(_("Nachrichten"), [
            [_joined(_("Beratung") if row.author_id else _("Sie"), moment(row.sent_at)), row.text]
            for row in shown.messages
        ]),
        made(_("Briefe, die Sie gezeigt haben"), [
            [row.title, _joined(moment(row.sent_at), row.state)] for row in with_state(shown.files)
        ]),
        made(_("Ihre Bewerbung"), [
            *([[_("Lebenslauf"), shown.papers.resume.resume.name]] if shown.papers.resume else []),
            *([_("Anschreiben mit Lebenslauf"), letter.employer] for letter in shown.papers.letters),
        ]),
        made(_("Wer Ihre Akte gelesen hat"), [
            [day(row.day), _joined(row.organisation, row.role, row.what)] for row in shown.touches
        ]),
    ]  # fmt: skip


def _missing(one: Told) -> str:
    names = ", ".join(paper.name for paper in one.papers)
    return f"{_('Diese Unterlagen fehlen noch')}: {names}" if names else ""


def _joined(*parts: object) -> str:
    return " · ".join(str(part) for part in parts if part)


def entry_state(holds: bool, until: str) -> str:  # noqa: FBT001 -- a fact, not a switch
    """Return whether something that was allowed holds, and until when."""
    return _("gilt bis %s") % until if holds else _("gilt nicht mehr")


@require_safe
@opened
def as_json(request: NetworkRequest, found: Opened) -> HttpResponse:
    """Give one's own data as JSON."""
    shown = own_page(found, now())
    record(found.actor, "own_page:export", found.access, kind="json")
    body = {
        "name": shown.person.name,
        "made_at": now().isoformat(),
        "sections": sections(shown, request, shown_referrals(request, found)),
    }
    return json_answer(body, "daten.json")


@require_safe
@opened
def as_pdf(request: NetworkRequest, found: Opened) -> HttpResponse:
    """Give one's own data as an accessible PDF."""
    shown = own_page(found, now())
    record(found.actor, "own_page:export", found.access, kind="pdf")
    language = get_language() or "de"
    data = {
        "title": _("Meine Begleitung"), "network": choose(request.network.name, language).text,
        "name": shown.person.name, "nothing": _("Hier steht noch nichts."),
        "date": written_day(now().astimezone(request.network.zone).date(), spoken_language(language)),
        "sections": sections(shown, request, shown_referrals(request, found)),
    }  # fmt: skip
    return file_answer(render_pdf("own", data, language=language), "daten.pdf", opens=False)
