"""What is kept of those who work here stands in the register, too."""

from django.apps import apps

from tests.privacy.test_kinds import MODELS
from tragnetz.network.models import Membership, User
from tragnetz.privacy.kinds import KINDS, NOT_ABOUT_PEOPLE
from tragnetz.privacy.workers import WORKERS


def naming_workers() -> set[str]:
    """Return all tables with a link to an account or to a place in an organisation, those of packages, too."""
    return {
        model._meta.label_lower
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if not field.auto_created and field.is_relation and field.related_model in {User, Membership}
    }


def test_every_table_that_names_who_works_is_in_a_register():
    """Failed? Add a line for the table to privacy/workers.py, then run tools/print_register.py."""
    known = {kind.noun for kind in KINDS} | set(NOT_ABOUT_PEOPLE) | set(WORKERS)

    assert "appointments.linepresence" in naming_workers()
    assert "mfa.authenticator" in naming_workers()  # of a package
    assert sorted(naming_workers() - known) == []


def test_the_register_of_who_works_names_tables_that_are_there_and_in_no_other():
    there = {*MODELS, *(model._meta.label_lower for model in apps.get_models())}

    assert sorted(set(WORKERS) - there) == []
    assert set(WORKERS) & {kind.noun for kind in KINDS} == set()
