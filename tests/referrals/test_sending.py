"""What is sent: exactly the ticked pieces, only what is released, kept as it was."""

import json

import pytest

from tests.allowed import KIND, OTTO, ROSA, SECRETS, make_case, note_of_one, person_of, release
from tests.factories import make_actor
from tests.referrals.conftest import REASON, day, details, drafted, pieces, ring_of, sent
from tragnetz.audit.models import Event
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.models import Case
from tragnetz.casework.released import released_view
from tragnetz.clients.commands import PersonDetails
from tragnetz.clients.models import Person
from tragnetz.consent.commands import withdraw
from tragnetz.consent.enums import DataGroup
from tragnetz.core.clock import now
from tragnetz.network.models import Membership, Organisation
from tragnetz.referrals.access import stands, visible_received
from tragnetz.referrals.channel import open_channel
from tragnetz.referrals.commands import change_draft, draft_referral, send_referral
from tragnetz.referrals.enums import Basis
from tragnetz.referrals.errors import ReferralError
from tragnetz.referrals.models import Referral, Shared
from tragnetz.referrals.offering import also_open, candidates, name_in, offer_of, unpacked
from tragnetz.referrals.queries import received_one, sheet_of


def body(referral):
    row = Referral.objects.get(pk=referral.pk)
    open_channel([row])
    return Shared.objects.select_related("referral").get(referral=row).body


def test_only_what_is_ticked_is_sent(ada, case, rosa):
    release(ada, rosa, "contact", "goals", "notes")

    everything = sent(ada, case)
    contact = sent(ada, case, "contact")

    assert all(SECRETS[group] in body(everything) for group in ("contact", "goals", "notes"))
    assert SECRETS["contact"] in body(contact)
    assert SECRETS["goals"] not in body(contact)
    assert SECRETS["notes"] not in body(contact)
    assert contact.groups == ["contact"]


def test_a_wider_release_to_the_same_organisation_adds_nothing_to_a_referral(ada, fred, case, rosa):
    release(ada, rosa, "contact")
    row = sent(ada, case, "contact")
    release(ada, rosa, "contact", "goals", "notes")

    with ring_of(fred):
        groups = str(sheet_of(received_one(fred, row.pk), "recipient", day(0)).groups)
        extract = str(released_view(fred, case.pk))

    assert SECRETS["contact"] in groups
    assert SECRETS["goals"] not in groups
    assert SECRETS["notes"] not in groups
    assert SECRETS["goals"] in extract  # the release names them, and so the person was told


def test_what_a_release_opens_beside_the_referral_is_named(fred, case, ada, rosa):
    release(ada, rosa, "contact", "goals")
    offer = offer_of(case, rosa, Basis.RELEASED, [one.pk for one in rosa.releases.all()], day(0))
    here = Organisation.objects.get(pk=fred.organisation_id)

    assert also_open(here, offer) == [str(DataGroup(group).label) for group in ("contact", "goals")]
    Membership.objects.filter(organisation=here).update(ended_on=day(0))
    assert also_open(here, offer) == also_open(None, offer) == []


def test_what_is_not_released_cannot_be_ticked(ada, case, rosa):
    release(ada, rosa, "contact", "notes")
    of_notes = pieces(drafted(ada, case), "notes")
    withdraw(actor=ada, given=rosa.releases.get(), form="oral", now=now())
    release(ada, rosa, "contact")
    row = drafted(ada, case)

    assert of_notes
    assert pieces(row, "notes") == []
    with pytest.raises(ReferralError, match="Vorschau"):
        send_referral(actor=ada, referral=row, ticked=[*pieces(row), *of_notes], now=now())
    assert Referral.objects.get(pk=row.pk).state == "draft"


def test_a_household_of_two_shares_only_what_both_released(network, ada, fred):
    case = make_case(network, ada, ROSA, OTTO)
    rosa, otto = person_of(case), person_of(case, "Otto Geheimrat")
    release(ada, rosa, "contact", "goals", "notes")
    note_of_one(case, otto, "Otto allein Kuckuck")

    assert pieces(drafted(ada, case)) == []
    release(ada, otto, "goals")
    both = sent(ada, case)
    alone = sent(ada, case, person=rosa)

    assert both.groups == ["goals"]
    assert (both.shared_groups, alone.shared_groups) == (["goals"], ["goals"])
    assert both.releases.count() == 2
    assert "contact" in alone.groups
    assert "Kuckuck" not in body(both) + body(alone)


def test_without_a_name_the_partner_reads_the_concern_alone(ada, case):
    row = sent(ada, case, basis="anonymous")

    assert unpacked(body(row)) == (REASON, [])
    assert "Rosa" not in body(row)


@pytest.mark.parametrize("basis", ["anonymous", "carried"])
def test_without_a_release_no_name_stands_in_the_concern(ada, case, basis):
    with pytest.raises(ReferralError, match="Geheimrat"):
        sent(ada, case, basis=basis, reason="Frau Geheimrat sucht Hilfe")

    assert sent(ada, case, basis=basis, reason="Eine Frau sucht Hilfe, geheimrätlich").state == "requested"


def test_a_released_name_may_stand_in_the_concern(ada, case, rosa):
    release(ada, rosa, "contact")

    assert sent(ada, case, "contact", reason="Frau Geheimrat sucht Hilfe").state == "requested"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kim braucht einen Platz", "Kim"), ("Für Zora, wie besprochen", "Zora"), ("Es geht um Al", ""),
        ("Die kimono-Frage", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_name_of_three_letters_is_one_in_the_concern(network, ada, text, name):
    """Of anybody who lives there, and of whom we phone."""
    case = make_case(network, ada, PersonDetails("Al Geheimrat", "self", 1985), KIND)
    case.contact.name = "Zora Anders"

    assert name_in(text, case) == name
    case.contact = None
    assert name_in(text, case) == (name if name != "Zora" else "")


def test_the_longest_release_of_each_group_stands_behind_a_referral(ada, case, rosa):
    """With it the referral holds as long as the person said; what was not ticked stands behind nothing."""
    release(ada, rosa, "goals", until=day(10))
    longest = release(ada, rosa, "goals", until=day(20))
    release(ada, rosa, "notes", until=day(30))

    row = sent(ada, case, "goals")

    assert [one.pk for one in row.releases.all()] == [longest.pk]


def test_a_release_for_one_colleague_lets_only_those_on_the_case_speak(network, ada, case, rosa):
    bert = make_actor(network, "alpha", "counsellor", name="Bert")
    given = release(ada, rosa, "goals", only=(bert.membership_id,))
    beta = Organisation.objects.get(key="beta")
    assert list(candidates(case, beta)) == []

    case.deputy_id = bert.membership_id
    assert list(candidates(case, beta)) == [given]
    assert list(candidates(case, None)) == []
    Person.objects.filter(pk=rosa.pk).update(left_on=day(0))
    assert list(candidates(case, beta)) == []


def test_a_draft_keeps_whom_it_is_for_and_nothing_that_does_not_belong(ada, case, rosa):
    release(ada, rosa, "goals")
    releases = list(candidates(case, Organisation.objects.get(key="beta")))
    row = drafted(ada, case, basis="carried", releases=releases, to_words="Frau Beispiel", to_email=" a@b.example ")
    words = drafted(ada, case, basis="carried", organisation=None, to_words="Verein nebenan")

    assert (row.releases.count(), row.to_words, row.to_email) == (0, "", "a@b.example")
    assert not row.asks_person  # nobody is asked afterwards who was not told so
    assert (words.to_organisation, words.to_words) == (None, "Verein nebenan")
    assert drafted(ada, case, basis="carried", reply_by=None).reply_by is None


def test_nothing_is_referred_from_a_closed_case(ada, case):
    Case.objects.filter(pk=case.pk).update(state="closed", closed_on=day(0))

    with pytest.raises(ReferralError, match="beendet"):
        drafted(ada, Case.objects.get(pk=case.pk), basis="anonymous")


def test_what_the_person_carries_is_printed_and_stays_out_of_the_link(ada, case):
    row = sent(ada, case, "contact", "notes", basis="carried")

    assert SECRETS["notes"] in row.handed
    assert unpacked(body(row))[1] == []
    assert row.shared_groups == []


def test_a_release_without_ticks_is_no_referral(ada, case, rosa):
    release(ada, rosa, "contact")

    with pytest.raises(ReferralError, match="kreuzen Sie an"):
        send_referral(actor=ada, referral=drafted(ada, case), ticked=[], now=now())


def test_a_draft_is_kept_once_changed_and_sent_once(ada, case, rosa):
    release(ada, rosa, "contact")
    first = draft_referral(actor=ada, case=case, details=details(case), request_key="k" * 32, now=now())
    again = draft_referral(actor=ada, case=case, details=details(case), request_key="k" * 32, now=now())
    change_draft(actor=ada, referral=first, details=details(case, reason="Neu"), now=now())
    send_referral(actor=ada, referral=first, ticked=pieces(first), now=now())

    assert first.pk == again.pk
    assert unpacked(body(first))[0] == "Neu"
    with pytest.raises(ReferralError, match="schon gesendet"):
        send_referral(actor=ada, referral=first, ticked=pieces(first), now=now())
    with pytest.raises(ReferralError, match="schon gesendet"):
        change_draft(actor=ada, referral=first, details=details(case), now=now())


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"organisation": None, "releases": []}, "an wen"), ({"reason": " "}, "schreiben Sie"),
        ({"basis": "nothing"}, "Auswahl"), ({"reply_by": day(-1)}, "Antwort"),
        ({"urgency": "nothing"}, "Auswahl"), ({"organisation": None, "releases": [], "to_words": " "}, "an wen"),
    ],
)  # fmt: skip
def test_what_is_missing_is_told(ada, case, given, words):
    with pytest.raises((ReferralError, CaseworkError), match=words):
        drafted(ada, case, **given)


def test_a_colleague_without_the_case_sends_nothing(ada, fred, case, rosa):
    with pytest.raises(CaseworkError, match="gibt es nicht"):
        drafted(fred, case, basis="anonymous")


def test_the_partner_who_works_here_reads_it_with_their_own_keys(network, ada, fred, referral):
    with ring_of(fred):
        row = received_one(fred, referral.pk)
        sheet = sheet_of(row, "recipient", day(0))

    assert sheet.reason == REASON
    assert SECRETS["goals"] in str(sheet.groups)
    assert Event.objects.filter(verb="referral:read", organisation_id=fred.organisation_id).exists()


def test_without_a_release_the_partner_opens_nothing_else_of_the_case(network, ada, fred, case):
    row = sent(ada, case, basis="anonymous")

    with ring_of(fred):
        found = received_one(fred, row.pk)
        sheet = sheet_of(found, "recipient", day(0))

    assert sheet.reason == REASON
    assert str(found.reason) == str(found.channel) == "verschlossen"


def test_another_organisation_sees_nothing(network, ada, fred, case, rosa):
    outsider = make_actor(network, "alpha", "counsellor", "lead", name="Zoe")
    release(ada, rosa, "contact")
    row = sent(ada, case)

    assert list(visible_received(fred)) == [row]
    assert list(visible_received(outsider)) == []
    assert received_one(outsider, row.pk) is None


def test_after_a_withdrawal_the_partner_sees_nothing_at_the_next_request(ada, fred, referral, rosa):
    with ring_of(fred):
        assert received_one(fred, referral.pk) is not None
        withdraw(actor=ada, given=rosa.releases.get(), form="oral", now=now())

        assert received_one(fred, referral.pk) is None
        assert list(visible_received(fred)) == []
    assert not stands(Referral.objects.get(pk=referral.pk))


def test_the_copy_stays_as_it_was_sent(ada, case, referral):
    type(case.contact).objects.filter(pk=case.contact_id).update(name="Ganz Anders")

    assert "Rosa Geheimrat" in json.loads(Referral.objects.get(pk=referral.pk).handed)["rows"][0]
