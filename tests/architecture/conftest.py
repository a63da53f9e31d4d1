"""What each persona meets on the staff site, and a visitor on the public one, walked once in a run of the tests."""

from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from tests import templates
from tests.once import once


@pytest.fixture(scope="session")
def walked(django_db_setup, django_db_blocker, tmp_path_factory):
    """Return what a persona met; the first test that asks for a persona lets it walk, and nothing of it is kept."""
    from tests.architecture.test_matrix import make_records
    from tests.architecture.walks import walk

    def of(persona):
        with _herne(django_db_blocker) as network:
            return walk(make_records(network), persona)

    return once(tmp_path_factory, "walk", of)


@pytest.fixture(scope="session")
def visited(django_db_setup, django_db_blocker, tmp_path_factory):
    """Return what a visitor met on the public site in a language, all in the same way."""
    from tests.architecture.walks import visit

    def of(language):
        with _herne(django_db_blocker):
            return visit(language)

    return once(tmp_path_factory, "visit", of)


@contextmanager
def _herne(blocker):
    """Put Herne in scope for somebody who walks through it, and take back what they did."""
    from tragnetz.network.models import Network
    from tragnetz.network.scope import scope

    templates.use(templates.HERNE)
    with blocker.unblock(), transaction.atomic():
        network = Network.objects.get()
        with scope(network), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS directory_edition IMMEDIATE")
            yield network
        transaction.set_rollback(True)
