"""The index keeps up with names, tells nothing of them, and is rebuilt after a change of keys."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import override_settings

from tests.factories import make_actor
from tragnetz.audit.models import Event
from tragnetz.clients.commands import PersonDetails, add_contact, change_contact, new_household, set_household
from tragnetz.clients.models import Contact, NameEntry, Person
from tragnetz.clients.names.commands import rebuild_names
from tragnetz.clients.names.queries import entries_like
from tragnetz.clients.rules import ContactDetails
from tragnetz.network.models import Organisation
from tragnetz.network.scope import scope
from tragnetz.vault.sealing import new_key


@pytest.fixture
def ada(network):
    return make_actor(network, "alpha", "intake")


def contact_of(actor, name):
    return add_contact(actor=actor, organisation_id=actor.organisation_id, details=ContactDetails(name=name))


def names_like(actor, typed):
    found = entries_like(typed, actor.organisation_id).select_related("contact", "person").order_by("rank", "total")
    return [(entry.contact or entry.person).name for entry in found]


def test_a_new_contact_is_found(ada):
    contact_of(ada, "Anna Müller")

    assert names_like(ada, "Müler") == ["Anna Müller"]


def test_a_changed_contact_is_found_by_its_new_name_alone(ada):
    contact = contact_of(ada, "Anna Müller")

    change_contact(actor=ada, contact=contact, details=ContactDetails(name="Anna Schulz"))

    assert (names_like(ada, "Schulz"), names_like(ada, "Müller")) == (["Anna Schulz"], [])


def test_people_of_a_household_are_found_until_they_are_replaced(ada):
    household = new_household(actor=ada, organisation_id=ada.organisation_id, facts={})
    set_household(actor=ada, household=household, people=[PersonDetails("Emre Yıldız", "self", 1980)])
    before = names_like(ada, "Yildiz")

    set_household(actor=ada, household=household, people=[PersonDetails("Eva Roth", "self", 1980)])

    assert (before, names_like(ada, "Yildiz"), names_like(ada, "Roth")) == (["Emre Yıldız"], [], ["Eva Roth"])


def test_exact_names_come_before_beginnings_and_sounds(ada):
    for name in ("Mayer", "Meierhofer", "Meier"):
        contact_of(ada, name)

    assert names_like(ada, "Meier") == ["Meier", "Meierhofer", "Mayer"]


def test_all_typed_words_must_be_found(ada):
    contact_of(ada, "Anna Müller")
    contact_of(ada, "Bernd Müller")

    assert names_like(ada, "Müller Anna") == ["Anna Müller"]


@pytest.mark.parametrize("typed", ["", "A", "%", "' OR 1=1"])
def test_nothing_is_found_without_a_name(ada, typed):
    contact_of(ada, "Anna Müller")

    assert names_like(ada, typed) == []


def test_hashes_of_one_organisation_are_none_of_another(ada):
    contact_of(ada, "Anna Müller")
    other = Organisation.objects.get(key="beta")
    add_contact(actor=ada, organisation_id=other.pk, details=ContactDetails(name="Anna Müller"))

    one, two = (set(entry.tokens) for entry in NameEntry.objects.all())

    assert len(one) > 5
    assert not one & two


def test_another_network_has_its_own_names(ada, other_network):
    contact_of(ada, "Anna Müller")

    with scope(other_network):
        assert NameEntry.objects.count() == 0


def test_no_part_of_a_name_stands_in_the_table(ada):
    contact_of(ada, "Rosa Zitronenfalter")
    assert names_like(ada, "Zitronenfalter") == ["Rosa Zitronenfalter"]

    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(entry)::text FROM clients_nameentry entry")
        dump = " ".join(row for (row,) in cursor).lower()
        cursor.execute("SELECT to_jsonb(contact)::text FROM clients_contact contact")
        dump += " ".join(row for (row,) in cursor).lower()

    assert "tokens" in dump
    assert not [part for part in ("zit", "rosa", "falter", "82637527") if part in dump.replace("residential", "")]


def test_tokens_stand_in_no_order_of_letters(ada):
    contact_of(ada, "Zitronenfalter")

    tokens = NameEntry.objects.get().tokens

    assert tokens == sorted(tokens)


def test_names_are_found_with_an_older_key_and_after_a_rebuild_without_it(ada):
    old, new = new_key(), new_key()
    with override_settings(TRAGNETZ_VAULT_KEYS=old):
        contact_of(ada, "Anna Müller")
        before = NameEntry.objects.get().tokens
    with override_settings(TRAGNETZ_VAULT_KEYS=f"{new},{old}"):
        assert names_like(ada, "Müller") == ["Anna Müller"]
        made = rebuild_names(ada.network)
        assert names_like(ada, "Müller") == ["Anna Müller"]

    assert made == 1
    assert not set(before) & set(NameEntry.objects.get().tokens)
    assert Event.objects.filter(verb="names:rebuild").get().details == {"names": 1}


def test_rebuild_makes_what_is_missing(ada):
    household = new_household(actor=ada, organisation_id=ada.organisation_id, facts={})
    Contact.objects.bulk_create(
        Contact(network=ada.network, organisation_id=ada.organisation_id, name=name) for name in ("Meier", "")
    )
    Person.objects.bulk_create([Person(network=ada.network, household=household, name="Mayer")])

    assert rebuild_names(ada.network) == 2
    assert names_like(ada, "Maier") == ["Mayer", "Meier"] or names_like(ada, "Maier") == ["Meier", "Mayer"]


def test_a_deleted_contact_leaves_no_entry(ada):
    contact_of(ada, "Anna Müller").delete()

    assert NameEntry.objects.count() == 0


def test_an_entry_is_of_a_contact_or_a_person(ada):
    with pytest.raises(IntegrityError), transaction.atomic():
        NameEntry.objects.create(network=ada.network, organisation_id=ada.organisation_id, tokens=[1])
