"""A referral as it is prepared on one page: to whom, why, on what ground, and what the partner gets to read."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tragnetz.core.forms import KeyedForm
from tragnetz.core.texts import choose
from tragnetz.deadlines.days import Holidays, next_workday
from tragnetz.directory.models import Service
from tragnetz.directory.queries import services
from tragnetz.directory.search import search
from tragnetz.network.models import Organisation
from tragnetz.referrals.commands import Details
from tragnetz.referrals.enums import Basis, Urgency
from tragnetz.referrals.models import Referral
from tragnetz.referrals.offering import Offer, candidates, offer_of
from tragnetz.referrals.rules import proposed_reply, reply_day_fits
from tragnetz.workspace.counselling.parts import PartForm, day_field, text_area

FOUND = 8


class ReferralForm(KeyedForm, PartForm):
    """One page, four questions. Searching and looking never lose what was typed."""

    q = forms.CharField(
        label=_("Angebot oder Stelle suchen"), required=False, max_length=100,
        help_text=_("Zum Beispiel: Schulden, Kita, Sprachkurs, Suchtberatung."),
    )  # fmt: skip
    service = forms.UUIDField(required=False)
    to_words = text_area(
        _("Andere Stelle: Name und Anschrift"), rows=2, longest=500,
        help_text=_("Nur, wenn die Stelle nicht im Verzeichnis steht."),
    )  # fmt: skip
    to_email = forms.EmailField(
        label=_("E-Mail der Stelle"), required=False, max_length=200,
        error_messages={"invalid": _("Diese Adresse stimmt nicht. Beispiel: hilfe@verein.de")},
    )  # fmt: skip
    reason = text_area(
        _("Worum geht es?"), rows=3, required=True, longest=2000,
        help_text=_("Das liest der Partner. Schreiben Sie nur, was er für die Hilfe braucht."),
    )  # fmt: skip
    urgency = forms.ChoiceField(label=_("Wie eilig?"), choices=Urgency.choices, initial=Urgency.NORMAL)
    reply_by = day_field(_("Antwort erbeten bis"), help_text=_("Danach steht die Vermittlung auf Ihrer Tagesseite."))
    basis = forms.ChoiceField(
        label=_("Was erfährt der Partner?"), choices=Basis.choices, initial=Basis.ANONYMOUS,
        help_text=_("Mit Namen geht es nur, wenn die Person es für diese Stelle freigegeben hat."),
    )  # fmt: skip
    releases = forms.MultipleChoiceField(
        label=_("Diese Freigabe gilt für die Stelle"), required=False, widget=forms.CheckboxSelectMultiple
    )
    asks_person = forms.BooleanField(
        label=_("Die Person zwei Wochen nach der Zusage fragen, ob es geholfen hat"), required=False
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, year=today.year, **kwargs)
        self.today, self.hits = today, list[Service]()
        self.chosen = self._chosen()
        self.found = list(candidates(self.view.case, self.organisation))
        releases = self.fields["releases"]
        assert isinstance(releases, forms.MultipleChoiceField)  # noqa: S101 -- declared above
        releases.choices = [(str(row.pk), f"{row.to_outside} ({row.person.name}): {row.topic}") for row in self.found]
        if self.organisation is not None or not self.found:
            del self.fields["releases"]
        if "part" in self.fields:
            self.fields["part"].label = _("Für wen ist die Hilfe?")

    @classmethod
    def begin(cls, today: date, holidays: Holidays) -> dict[str, object]:
        """Return how a new one begins: an answer is asked for by a day on which people work."""
        reply_by = next_workday(proposed_reply(Urgency.NORMAL, today), holidays)
        return {"reply_by": reply_by, "urgency": Urgency.NORMAL, "asks_person": True}

    def _chosen(self) -> Service | None:
        value = str(self["service"].value() or "")
        try:
            key = forms.UUIDField().clean(value) if value else None
        except forms.ValidationError:
            return None
        return services(self.today).filter(pk=key).first() if key else None

    @property
    def organisation(self) -> Organisation | None:
        """The organisation of the chosen offer; an office is named in words."""
        return self.chosen.organisation if self.chosen is not None else None

    @property
    def chosen_name(self) -> str:
        """What was chosen, as the page names it."""
        if self.chosen is None:
            return ""
        name = choose(self.chosen.name, "de").text
        return f"{self.organisation.name}: {name}" if self.organisation else f"{self._office}: {name}"

    @property
    def _office(self) -> str:
        assert self.chosen is not None  # noqa: S101 -- the callers have looked
        return choose(self.chosen.authority.name, "de").text if self.chosen.authority else ""

    def look_for(self) -> None:
        """Search the directory for what was typed."""
        typed = str(self["q"].value() or "").strip()[:100]
        self.hits = search(typed, self.today, limit=FOUND) if typed else []

    @property
    def basis_now(self) -> str:
        """The ground that is chosen in the form as it stands."""
        value = str(self["basis"].value() or "")
        return value if value in Basis.values else Basis.ANONYMOUS

    @property
    def whose(self) -> Any:  # noqa: ANN401 -- a person or nothing
        """For whom it is, in the form as it stands; nothing for the household."""
        return self.view.person(str(self["part"].value() or "")) if "part" in self.fields else None

    def stood_on(self) -> list[Any]:
        """Return the releases that hold for the recipient: of an organisation all, of words those that were ticked."""
        if self.basis_now != Basis.RELEASED:
            return []
        if self.organisation is not None:
            return self.found
        wanted = set(self["releases"].value() or []) if "releases" in self.fields else set()
        return [row for row in self.found if str(row.pk) in wanted]

    def offer(self) -> Offer:
        """Return what can be ticked in the form as it stands."""
        keys = [row.pk for row in self.stood_on()]
        return offer_of(self.view.case, self.whose, self.basis_now, keys, self.today)

    def clean(self) -> dict[str, Any]:
        """Ask for a recipient, and a day that is to come."""
        cleaned = super().clean() or self.cleaned_data
        if self.chosen is None and not cleaned.get("to_words"):
            self.add_error("q", _("Bitte wählen Sie ein Angebot, oder schreiben Sie, an wen Sie vermitteln."))
        day = cleaned.get("reply_by")
        if day is not None and not reply_day_fits(day, self.today):
            self.add_error("reply_by", _("Bitte wählen Sie einen Tag ab heute, höchstens in einem Jahr."))
        return cleaned

    def details(self) -> Details:
        """Return the referral."""
        data = self.cleaned_data
        words = data["to_words"] if self.chosen is None else self._office or choose(self.chosen.name, "de").text
        topic = self.chosen.topics.values_list("key", flat=True).first() if self.chosen else ""
        return Details(
            basis=data["basis"], reason=data["reason"], organisation=self.organisation, service=self.chosen,
            to_words=words, to_email=data["to_email"], topic=topic or self.view.case.topic, urgency=data["urgency"],
            reply_by=data["reply_by"], person=self.person(), asks_person=data["asks_person"], releases=self.stood_on(),
        )  # fmt: skip


def initial_of(row: Referral) -> dict[str, object]:
    """Return a draft as its form shows it."""
    return {
        "service": str(row.to_service_id or ""), "to_words": "" if row.to_service_id else row.to_words,
        "to_email": row.to_email, "reason": row.reason, "urgency": row.urgency, "basis": row.basis,
        "reply_by": row.reply_by.isoformat() if row.reply_by else "", "asks_person": row.asks_person,
        "part": str(row.person_id or ""), "releases": [str(one.pk) for one in row.releases.all()],
    }  # fmt: skip
