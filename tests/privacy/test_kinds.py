"""No table with data about people is forgotten: the register is held against all models."""

import pytest
from django.apps import apps
from django.db.models import ForeignKey, ManyToManyField
from django.utils.translation import override

from tragnetz.casework.models import Case
from tragnetz.clients.models import Contact, Household, Person
from tragnetz.network.models import Membership
from tragnetz.privacy.enums import Erasure
from tragnetz.privacy.kinds import KINDS, NOT_ABOUT_PEOPLE, kinds_of_class
from tragnetz.privacy.retention.queries import ROOTS
from tragnetz.privacy.retention.rules import CLASSES
from tragnetz.privacy.words import FIELDS, field_name
from tragnetz.vault.fields import SealedTextField

MODELS = {model._meta.label_lower: model for model in apps.get_models() if model.__module__.startswith("tragnetz.")}


def about_people() -> set[str]:
    """Return all models with a sealed text, or with a link to a person, over any number of steps."""
    found = {
        label
        for label, model in MODELS.items()
        if model in {Contact, Person, Household, Case}
        or any(isinstance(field, SealedTextField) for field in model._meta.get_fields())
    }
    while True:
        linked = {
            label
            for label, model in MODELS.items()
            for field in model._meta.get_fields()
            if isinstance(field, ForeignKey | ManyToManyField)
            and field.related_model._meta.label_lower in found
            and not field.auto_created
        }
        if linked <= found:
            return found
        found |= linked


def test_every_table_about_people_is_in_the_register():
    """Failed? Add a `Kind` for the table to privacy/kinds.py, or say in NOT_ABOUT_PEOPLE why it is none."""
    known = {kind.noun for kind in KINDS} | set(NOT_ABOUT_PEOPLE)

    assert "casework.note" in about_people()
    assert "appointments.attendance" in about_people()  # over two links
    assert sorted(about_people() - known) == []


def test_every_table_is_in_one_kind_alone_and_every_kind_in_a_class():
    nouns = [kind.noun for kind in KINDS]

    assert len(nouns) == len(set(nouns))
    assert {kind.retention for kind in KINDS} | {"funder"} == set(CLASSES)  # a proof is a case that was emptied
    assert [kind.key for kind in kinds_of_class("waiting")] == ["waiting"]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_a_kind_is_whole(kind):
    names = {field.name for field in kind.model._meta.get_fields()}
    told = {*kind.fields, *kind.given, *kind.texts, *kind.correctable}

    assert told | set(kind.blank) | set(kind.funder or {}) <= names
    assert set(kind.given) <= set(kind.fields)
    assert set(kind.texts) <= set(kind.fields)
    assert {name for name in told if name not in FIELDS} == set()
    assert bool(kind.blank) == (kind.erase == Erasure.BLANK)
    assert kind.via or kind.erase == Erasure.KEEP or kind.key in ROOTS.values()  # or it goes alone, in time
    if kind.erase == Erasure.BLANK:  # all that is sealed is emptied
        sealed = {field.name for field in kind.model._meta.get_fields() if isinstance(field, SealedTextField)}
        assert sealed <= set(kind.blank)
        assert sealed <= set(kind.funder or sealed)
    with override("de"):
        assert str(kind.label)
        assert str(kind.basis)


def test_what_is_about_one_of_a_household_says_about_whom():
    """Failed? A row that hangs on the case of all but is about one adult would stand in the copy of the others."""
    unsaid = {
        kind.key
        for kind in KINDS
        if "person" in kind.via and kind.fields and not kind.part and not kind.whose and kind.model is not Person
    }

    assert unsaid == set()


# What a copy leaves out of the tables that it is made of, and why (besides who of the staff it was: the log tells that).
LEFT_OUT = {
    "of our work, not of the person": {
        "apart_on", "attempts", "changed_at", "claimed_at", "computed_on", "created_at", "end_on", "error", "expires_at",
        "held_until", "is_readable", "keys_due", "looked_through", "missed", "news_at", "number", "recorded_at",
        "reviewed", "reviewed_at", "scanned_at", "seat", "sequence", "series", "settled_at", "taken_at", "wrong", "mailed",
        "revoked_at", "message.key", "referral.key",
    },
    "opens something, or is its hash": {
        "code", "code_hash", "secret_hash", "ask_hash", "sealed", "referral.channel", "own_access.pair",
    },
    "keys of a form that was sent": {"request_key", "idempotency_key", "continued_key"},
    "stands in another field of the same copy": {
        "message.params", "message.name", "participation.gender", "participation.bases", "participation.faults",
        "participation.family", "participation.twin", "participation.sound", "letter_version.draft", "consent.regime",
        "release.regime", "referral.shared_groups", "correction.kind", "correction.field", "correction.object_id",
    },
    "how a file was kept": {"file.type", "file.size", "file.looked_at", "file.paper_at", "file.for_household"},
}  # fmt: skip


def test_every_field_about_a_person_is_given_out_or_told_why_not():
    """Failed? Add the field to `fields` of its kind with a word in words.py, or say in LEFT_OUT why the copy lacks it."""
    kept = {kind.model for kind in KINDS}
    known = set().union(*LEFT_OUT.values())
    missing = {
        f"{kind.key}.{one.name}"
        for kind in KINDS
        if kind.fields
        for one in kind.model._meta.concrete_fields
        if not {one.name, f"{kind.key}.{one.name}"} & {"id", "network", "organisation", *kind.fields, *known}
        and not (isinstance(one, ForeignKey) and one.related_model in {*kept, Membership})
    }

    assert missing == set()


def test_sealed_fields_are_given_out_or_told_why_not():
    """What is sealed came from a person: it belongs into their copy. Codes are secrets of theirs that open things."""
    hidden = {
        f"{kind.key}.{field.name}"
        for kind in KINDS
        for field in kind.model._meta.get_fields()
        if isinstance(field, SealedTextField)
        and kind.via
        and kind.erase != Erasure.KEEP
        and field.name not in kind.fields
    }

    # What is in a file is handed out as that file: it cannot stand in a list of fields (docs/files.md).
    # A letter's draft is its words once more, with placeholders.
    assert hidden == {
        "message.name", "message.code", "file_chunk.content", "letter_version.draft",
        "referral.channel", "referral.code", "referral_shared.body",  # keys, and what was handed on once more
    }  # fmt: skip
    assert field_name("safe_note") == "sicher erreichen"
