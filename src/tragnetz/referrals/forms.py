"""What either side sends back about a referral: an answer, words, a proposed talk, whether it fits."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django import forms
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tragnetz.core.forms import KeyedForm
from tragnetz.network.actors import Actor
from tragnetz.referrals.commands import move_referral
from tragnetz.referrals.enums import Outcome, Refusal, Side, State
from tragnetz.referrals.errors import ReferralError
from tragnetz.referrals.exchange import MOST_WRITTEN, answer_talk, propose_talk, write_line
from tragnetz.referrals.models import Referral
from tragnetz.referrals.rules import LIVE, OUTCOMES, Said, moves


class Answer(NamedTuple):
    """A button: what it sends, and what it says. `is_end`: nothing follows it."""

    value: str
    label: str
    is_end: bool


_WORDS: dict[tuple[State, str], Any] = {
    (State.ACCEPTED, ""): gettext_lazy("Wir übernehmen"),
    (State.IN_PROGRESS, ""): gettext_lazy("Person war da, wir helfen"),
    (State.ON_HOLD, ""): gettext_lazy("Ruht gerade"),
    (State.COMPLETED, Outcome.HELPED): gettext_lazy("Fertig: hat geholfen"),
    (State.COMPLETED, Outcome.PARTLY): gettext_lazy("Fertig: hat zum Teil geholfen"),
    (State.COMPLETED, Outcome.NOT_HELPED): gettext_lazy("Fertig: hat nicht geholfen"),
    (State.FAILED, Outcome.NO_SHOW): gettext_lazy("Person kam nicht"),
    (State.FAILED, Outcome.NOT_REACHED): gettext_lazy("Person nicht erreicht"),
    (State.FAILED, Outcome.PERSON_DECLINED): gettext_lazy("Person möchte nicht mehr"),
    (State.FAILED, Outcome.NO_ANSWER): gettext_lazy("Keine Antwort bekommen"),
    (State.CANCELLED, ""): gettext_lazy("Vermittlung zurückziehen"),
}  # fmt: skip
_BY_SENDER: dict[tuple[State, str], Any] = {
    (State.ACCEPTED, ""): gettext_lazy("Partner übernimmt"),
    (State.IN_PROGRESS, ""): gettext_lazy("Person war da, Hilfe läuft"),
}
_ONLY_SENDER = {(State.FAILED, Outcome.NO_ANSWER)}


def answers(state: str, side: Side) -> list[Answer]:
    """Return the buttons of a side in a state: only what is allowed. A refusal has a form of its own."""
    allowed = moves(State(state), side)
    return [
        Answer(f"{target}:{outcome}" if outcome else str(target), str(label), target in OUTCOMES)
        for (target, outcome), label in (_WORDS | (_BY_SENDER if side == Side.SENDER else {})).items()
        if target in allowed
        and (side == Side.SENDER or (target, outcome) not in _ONLY_SENDER)
        and (target not in OUTCOMES or outcome in OUTCOMES[target])
    ]


def can_refuse(state: str, side: Side) -> bool:
    """Whether a side can decline in a state."""
    return State.REJECTED in moves(State(state), side)


class RefusalForm(KeyedForm):
    """Why not, and what a partner would like to add: after a refusal nobody writes any more."""

    refusal = forms.ChoiceField(
        label=gettext_lazy("Warum nicht?"), choices=[("", gettext_lazy("bitte wählen")), *Refusal.choices],
        error_messages={"required": gettext_lazy("Bitte wählen Sie einen Grund.")},
    )  # fmt: skip
    words = forms.CharField(
        label=gettext_lazy("Möchten Sie etwas dazu sagen? (freiwillig)"), required=False, max_length=MOST_WRITTEN,
        help_text=gettext_lazy("Zum Beispiel: ab wann wieder Platz ist, oder wer helfen kann."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class LineForm(KeyedForm):
    """A question or an answer."""

    text = forms.CharField(
        label=gettext_lazy("Ihre Nachricht"), max_length=MOST_WRITTEN, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Bitte schreiben Sie etwas.")},
    )  # fmt: skip


class TalkForm(forms.Form):
    """When and where both meet."""

    day = forms.DateField(
        label=gettext_lazy("Tag"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "invalid": gettext_lazy("Bitte ein Datum, zum Beispiel 01.12.2026."),
            "required": gettext_lazy("Bitte wählen Sie ein Datum."),
        },
    )  # fmt: skip
    time = forms.TimeField(
        label=gettext_lazy("Uhrzeit"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={
            "invalid": gettext_lazy("Bitte eine Uhrzeit, zum Beispiel 10:30."),
            "required": gettext_lazy("Bitte wählen Sie eine Uhrzeit."),
        },
    )  # fmt: skip
    place = forms.CharField(
        label=gettext_lazy("Ort"), max_length=200,
        help_text=gettext_lazy("Zum Beispiel: bei uns, Raum 3; oder Telefon."),
        error_messages={"required": gettext_lazy("Bitte schreiben Sie, wo.")},
    )  # fmt: skip


@dataclass(slots=True)
class Forms:
    """All forms of a page, the one that was sent with its errors."""

    refusal: RefusalForm
    line: LineForm
    talk: TalkForm
    problem: str = ""

    @property
    def is_wrong(self) -> bool:
        """Whether something is to be mended."""
        return bool(self.problem or self.refusal.errors or self.line.errors or self.talk.errors)


def empty_forms(key: str) -> Forms:
    """Return the forms of a page nobody sent yet; `key` makes a second sending of the same words harmless."""
    return Forms(RefusalForm(initial={"key": key}), LineForm(initial={"key": key}), TalkForm())


def perform(actor: Actor, referral: Referral, post: QueryDict, now: datetime) -> Forms | str:
    """Do what a side sent (`do`); returns what to say, or the forms with what is wrong. Nothing typed is lost."""
    do, shown = post.get("do", ""), empty_forms(post.get("key", ""))
    deeds: Mapping[str, Callable[[], str]] = {
        "answer": lambda: _answer(actor, referral, post, now),
        "refuse": lambda: _refuse(actor, referral, post, now, shown),
        "write": lambda: _write(actor, referral, post, now, shown),
        "talk": lambda: _talk(actor, referral, post, now, shown),
        "fits": lambda: _fits(actor, referral, post, now),
    }
    try:
        done = deeds[do]() if do in deeds else ""
    except ReferralError as error:
        shown.problem = str(error)
        return shown
    return done or shown


def _answer(actor: Actor, row: Referral, post: QueryDict, now: datetime) -> str:
    target, _colon, outcome = post.get("answer", "").partition(":")
    move_referral(
        actor=actor, referral=row, target=target, said=Said(outcome=outcome), seen=post.get("seen", ""), now=now,
    )  # fmt: skip
    return _("Danke. Ihre Antwort ist gespeichert.")


def _refuse(actor: Actor, row: Referral, post: QueryDict, now: datetime, shown: Forms) -> str:
    shown.refusal = RefusalForm(post)
    if not shown.refusal.is_valid():
        return ""
    data = shown.refusal.cleaned_data
    with transaction.atomic():
        if data["words"].strip() and State(row.state) in LIVE:
            write_line(actor=actor, referral=row, text=data["words"], request_key=data["key"], now=now)
        move_referral(
            actor=actor, referral=row, target=State.REJECTED, said=Said(refusal=data["refusal"]),
            seen=post.get("seen", ""), now=now,
        )  # fmt: skip
    return _("Danke für die klare Antwort. Sie ist gespeichert.")


def _write(actor: Actor, row: Referral, post: QueryDict, now: datetime, shown: Forms) -> str:
    shown.line = LineForm(post)
    if not shown.line.is_valid():
        return ""
    data = shown.line.cleaned_data
    write_line(actor=actor, referral=row, text=data["text"], request_key=data["key"], now=now)
    return _("Ihre Nachricht ist da.")


def _talk(actor: Actor, row: Referral, post: QueryDict, now: datetime, shown: Forms) -> str:
    shown.talk = TalkForm(post)
    if not shown.talk.is_valid():
        return ""
    data = shown.talk.cleaned_data
    starts_at = datetime.combine(data["day"], data["time"], row.network.zone)
    propose_talk(actor=actor, referral=row, starts_at=starts_at, place=data["place"], now=now)
    return _("Ihr Vorschlag ist gespeichert. Die andere Seite sieht ihn.")


def _fits(actor: Actor, row: Referral, post: QueryDict, now: datetime) -> str:
    talk = next((one for one in row.talks.all() if str(one.pk) == post.get("talk", "")), None)
    if talk is None:
        raise ReferralError(_("Diesen Vorschlag gibt es nicht mehr."))
    fits = "yes" in post
    answer_talk(actor=actor, talk=talk, fits=fits, now=now)
    return _("Der Termin ist vereinbart.") if fits else _("Gespeichert: Der Termin passt nicht.")
