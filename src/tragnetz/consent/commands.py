"""Write down what people allow, sign it later, withdraw it, hand out information."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.clients.models import Household, Person
from tragnetz.consent import queries
from tragnetz.consent.access import (
    can_take_consent,
    visible_consents,
    visible_notices,
    visible_people,
    visible_releases,
)
from tragnetz.consent.enums import PURPOSES, GivenBy, Handout, Kind, Purpose, Signer
from tragnetz.consent.errors import ConsentError, TermsError
from tragnetz.consent.models import CityText, Consent, Notice, Release, ReleaseSpeaker
from tragnetz.consent.rules import Terms, Ways, end_of, problems, problems_of_ways, shortened
from tragnetz.consent.shapes import CityText as CityTextShape
from tragnetz.consent.wording import Party, Wording, consent_wording, notice_wording, release_wording, text_language
from tragnetz.core.transactions import wait_for
from tragnetz.network.actors import Actor
from tragnetz.network.models import Membership, Network, Organisation


@dataclass(frozen=True, slots=True)
class ReleaseDraft:
    """A release as somebody took it down, before it is kept."""

    person: Person
    terms: Terms
    ways: Ways


@dataclass(frozen=True, slots=True)
class ConsentDraft:
    """A consent as somebody took it down. `recipients` are who else gets the data, by id and in words."""

    person: Person
    terms: Terms
    recipients: tuple[uuid.UUID, ...] = ()
    outside: str = ""


def wording_of(actor: Actor, draft: ReleaseDraft | ConsentDraft, language: str, on: date) -> Wording:
    """Return the exact text of a draft in a language: shown before it is kept, then kept and printed."""
    terms, organisation = draft.terms, controller_of(actor)
    party = Party(organisation.name, organisation.regime)
    kind = Kind.RELEASE if isinstance(draft, ReleaseDraft) else Kind.CONSENT
    own = queries.own_text(kind, terms.purpose, organisation, on)
    if isinstance(draft, ReleaseDraft):
        names = _names([*draft.ways.speakers, draft.ways.recipient])
        return release_wording(
            person=draft.person.name, speakers=_speakers(draft.ways, names), topic=draft.ways.topic.strip(),
            recipient=names[draft.ways.recipient] if draft.ways.recipient else draft.ways.outside.strip(),
            groups=terms.groups, purpose=terms.purpose, until=terms.until, with_case=terms.ends_with_case, party=party,
            language=language, own=own,
        )  # fmt: skip
    names = _names(draft.recipients)
    return consent_wording(
        person=draft.person.name, groups=terms.groups, purpose=terms.purpose, until=terms.until,
        recipients=[*(names[one] for one in draft.recipients), *filter(None, [draft.outside.strip()])],
        with_case=terms.ends_with_case, party=party, language=language, own=own,
    )  # fmt: skip


def notice_of(actor: Actor, purpose: str, language: str, on: date) -> Wording:
    """Return the information on data protection of one's organisation for a purpose."""
    organisation = controller_of(actor)
    own = queries.own_text("notice", purpose, organisation, on)
    return notice_wording(
        purpose=purpose, party=Party(organisation.name, organisation.regime), language=language, own=own
    )


def _names(ids: Iterable[uuid.UUID | None]) -> dict[uuid.UUID, str]:
    return dict(Organisation.objects.filter(pk__in=[one for one in ids if one]).values_list("pk", "name"))


def _speakers(ways: Ways, names: dict[uuid.UUID, str]) -> list[str]:
    only = {row.organisation_id: row for row in Membership.objects.filter(pk__in=ways.only).select_related("user")}
    return [f"{only[one].user} ({names[one]})" if one in only else names[one] for one in ways.speakers]


def check(actor: Actor, draft: ReleaseDraft | ConsentDraft, on: date) -> None:
    """Raise TermsError where a draft cannot be kept, ConsentError where it may not be."""
    if not visible_people(actor).filter(pk=draft.person.pk, left_on=None).exists():
        raise ConsentError(_("Diese Person gehört zu keinem Haushalt Ihrer Organisation."))
    kind = Kind.RELEASE if isinstance(draft, ReleaseDraft) else Kind.CONSENT
    if draft.terms.purpose not in PURPOSES[kind]:
        raise ConsentError(_("Bitte wählen Sie, wozu das erlaubt wird."))
    found = list(
        problems(
            draft.terms, regime=controller_of(actor).regime, birth_year=draft.person.birth_year,
            relation=draft.person.relation, on=on,
        )
    )  # fmt: skip
    if isinstance(draft, ReleaseDraft):
        found += problems_of_ways(draft.ways)
        wanted = {*draft.ways.speakers, *filter(None, [draft.ways.recipient])}
    else:
        wanted = set(draft.recipients)
    if found:
        raise TermsError(found)
    if len(_names(wanted)) != len(wanted):
        raise ConsentError(_("Eine der Stellen gibt es nicht mehr. Bitte wählen Sie neu."))


@transaction.atomic
def give_release(*, actor: Actor, draft: ReleaseDraft, idempotency_key: str, now: datetime) -> Release:
    """Keep that a person releases from secrecy. The same key is kept once. Raises TermsError, ConsentError."""
    wait_for(f"release:{idempotency_key}")
    known = visible_releases(actor).filter(idempotency_key=idempotency_key).first()
    if known is not None:
        return known
    day = now.astimezone(actor.network.zone).date()
    check(actor, draft, day)
    ways = draft.ways
    row = Release(
        **_common(actor, draft, now), idempotency_key=idempotency_key, to_organisation_id=ways.recipient,
        to_outside=ways.outside.strip() or None, topic=ways.topic.strip(),
    )  # fmt: skip
    row.save()
    only = dict(Membership.objects.filter(pk__in=ways.only).values_list("organisation", "pk"))
    ReleaseSpeaker.objects.bulk_create(
        ReleaseSpeaker(network=actor.network, release=row, organisation_id=one, membership_id=only.get(one))
        for one in ways.speakers
    )
    record(actor, "release:give", row, purpose=row.purpose, form=row.form, groups=len(row.groups))
    return row


@transaction.atomic
def give_consent(*, actor: Actor, draft: ConsentDraft, idempotency_key: str, now: datetime) -> Consent:
    """Keep that a person consents to the processing of data. The same key is kept once. Raises as `give_release`."""
    wait_for(f"consent:{idempotency_key}")
    known = visible_consents(actor).filter(idempotency_key=idempotency_key).first()
    if known is not None:
        return known
    check(actor, draft, now.astimezone(actor.network.zone).date())
    row = Consent(
        **_common(actor, draft, now), idempotency_key=idempotency_key, recipients_outside=draft.outside.strip() or None
    )
    row.save()
    row.recipients.set(Organisation.objects.filter(pk__in=draft.recipients))
    record(actor, "consent:give", row, purpose=row.purpose, form=row.form, groups=len(row.groups))
    return row


def _common(actor: Actor, draft: ReleaseDraft | ConsentDraft, now: datetime) -> dict[str, object]:
    """Return the fields that both objects share."""
    terms, zone = draft.terms, actor.network.zone
    today = now.astimezone(zone).date()
    wording = wording_of(actor, draft, terms.language, today)
    oral = terms.form == GivenBy.ORAL
    return {
        "network": actor.network,
        "person": draft.person,
        "organisation_id": actor.organisation_id,
        "purpose": terms.purpose,
        "groups": sorted(terms.groups),
        "form": terms.form,
        "given_at": now if terms.given_on == today else datetime.combine(terms.given_on, time(), zone),
        "ends_at": end_of(terms.until, zone),
        "ends_with_case": terms.ends_with_case,
        "witness": terms.witness.strip() or None if oral else None,
        "proof": terms.proof.strip() or None,
        "signed_on": terms.signed_on,
        "signature_due_at": end_of(terms.signature_due, zone) if oral and terms.signature_due else None,
        "signer": terms.signer,
        "signer_name": terms.signer_name.strip() if terms.signer != Signer.SELF else None,
        "capacity_noted": terms.capacity_noted,
        "regime": controller_of(actor).regime,
        "language": text_language(terms.language),
        "text_version": wording.version,
        "wording": wording.text,
        "german": wording_of(actor, draft, "de", today).text,
        "taken_by_id": actor.membership_id,
        "created_at": now,
    }


@transaction.atomic
def withdraw(*, actor: Actor, given: Consent | Release, form: str, now: datetime) -> Consent | Release:
    """Take down that a person withdrew something: it holds no more from this moment. Twice is the same as once.

    Raises ConsentError when it is not the organisation's own.
    """
    row = _locked(actor, given)
    if row.withdrawn_at is not None:
        return row
    row.withdrawn_at, row.withdrawal_form, row.withdrawal_taken_by_id = now, GivenBy(form), actor.membership_id
    row.save(update_fields=["withdrawn_at", "withdrawal_form", "withdrawal_taken_by"])
    record(actor, "release:withdraw" if isinstance(row, Release) else "consent:withdraw", row, form=form)
    return row


@transaction.atomic
def withdraw_own(*, actor: Actor, person: Person, given_id: uuid.UUID | None, now: datetime) -> Consent | Release:
    """Let a person withdraw electronically, on their own page, what they allowed. Twice is the same as once.

    The caller has made sure who the person is. Raises ConsentError when it is not theirs.
    """
    row: Consent | Release | None = None
    if given_id is not None:
        releases, consents = Release.objects.filter(person=person), Consent.objects.filter(person=person)
        row = releases.select_for_update(of=("self",)).filter(pk=given_id).first()
        row = row or consents.select_for_update(of=("self",)).filter(pk=given_id).first()
    if row is None:
        raise ConsentError(_("Diese Erlaubnis gibt es nicht."))
    if row.withdrawn_at is not None:
        return row
    row.withdrawn_at, row.withdrawal_form = max(now, row.given_at), GivenBy.ELECTRONIC
    row.save(update_fields=["withdrawn_at", "withdrawal_form"])
    record(actor, "release:withdraw" if isinstance(row, Release) else "consent:withdraw", row, form=GivenBy.ELECTRONIC)
    return row


@transaction.atomic
def add_signature(*, actor: Actor, given: Consent | Release, signed_on: date, now: datetime) -> Consent | Release:
    """Take down that something given orally was signed later. Raises ConsentError when that cannot be."""
    row = _locked(actor, given)
    if row.withdrawn_at is not None or row.signed_on is not None:
        raise ConsentError(_("Das ist schon unterschrieben oder zurückgenommen."))
    zone = actor.network.zone
    if not row.given_at.astimezone(zone).date() <= signed_on <= now.astimezone(zone).date():
        raise ConsentError(_("Die Unterschrift liegt zwischen dem Tag der Zusage und heute."))
    row.signed_on = signed_on
    row.save(update_fields=["signed_on"])
    record(actor, "release:sign" if isinstance(row, Release) else "consent:sign", row)
    return row


def _locked(actor: Actor, given: Consent | Release) -> Consent | Release:
    rows = visible_releases(actor) if isinstance(given, Release) else visible_consents(actor)
    found: Consent | Release | None = rows.select_for_update(of=("self",)).filter(pk=given.pk).first()
    if found is None:
        raise ConsentError(_("Diese Erlaubnis gibt es nicht."))
    return found


@transaction.atomic
def end_with_case(*, actor: Actor, household: Household, now: datetime) -> int:
    """End what was to end with the case of a household; what has ended before stays. Returns how many.

    The caller has decided that the case ends, and that the actor may end it.
    """
    ended = 0
    for model in (Release, Consent):
        rows = model.objects.select_for_update().filter(
            organisation=household.organisation_id, person__household=household, ends_with_case=True, ends_at__gt=now,
            withdrawn_at=None,
        )  # fmt: skip
        for row in rows:
            row.ends_at = max(shortened(row.ends_at, now, with_case=True), row.given_at)
            row.save(update_fields=["ends_at"])
            ended += 1
    if ended:
        record(actor, "consent:end_with_case", household, ended=ended)
    return ended


@transaction.atomic
def hand_out_notice(
    *, actor: Actor, person: Person, purpose: str, how: str, handed_on: date, language: str, idempotency_key: str,
    now: datetime,
) -> Notice:  # fmt: skip
    """Keep that a person was handed the information on data protection, in which version. Raises ConsentError."""
    wait_for(f"notice:{idempotency_key}")
    known = visible_notices(actor).filter(idempotency_key=idempotency_key).first()
    if known is not None:
        return known
    if not visible_people(actor).filter(pk=person.pk).exists():
        raise ConsentError(_("Diese Person gehört zu keinem Haushalt Ihrer Organisation."))
    today = now.astimezone(actor.network.zone).date()
    if handed_on > today:
        raise ConsentError(_("Dieser Tag liegt in der Zukunft."))
    row = Notice(
        network=actor.network, person=person, organisation=controller_of(actor), purpose=Purpose(purpose),
        language=text_language(language), text_version=notice_of(actor, purpose, language, handed_on).version,
        how=Handout(how), handed_on=handed_on, taken_by=_membership(actor), idempotency_key=idempotency_key,
    )  # fmt: skip
    row.save()
    record(actor, "notice:hand_out", row, purpose=purpose, how=how)
    return row


def put_texts(*, network: Network, texts: Sequence[CityTextShape], organisations: dict[str, Organisation]) -> None:
    """Keep a city's own texts. A version stays as it is, because papers name it: ConsentError if it differs."""
    for text in texts:
        row, made = CityText.objects.get_or_create(
            network=network, use=text.use, purpose=text.purpose, regime=text.regime or "", version=text.version,
            organisation=organisations[text.organisation] if text.organisation else None,
            defaults={
                "valid_from": text.valid_from,
                "body": {**text.body},
                "machine": list(text.machine),
                "source": text.source.model_dump(mode="json"),
            },
        )  # fmt: skip
        if not made and (row.body, row.valid_from) != (dict(text.body), text.valid_from):
            message = f"{text.use} {text.purpose}: version {text.version} is known with other words"
            raise ConsentError(message)


def controller_of(actor: Actor) -> Organisation:
    """Return the actor's organisation, the controller of what they take down. Raises ConsentError."""
    if actor.organisation_id is None or not can_take_consent(actor):
        raise ConsentError(_("Das dürfen nur Beraterinnen und Berater."))
    return Organisation.objects.get(pk=actor.organisation_id)


def _membership(actor: Actor) -> Membership:
    return Membership.objects.get(user=actor.user_id, organisation=actor.organisation_id)
