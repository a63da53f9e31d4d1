"""What each persona meets on the staff site, and a visitor on the public one, walked once by each worker."""

from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from tests import templates


@pytest.fixture(scope="session")
def walked(django_db_setup, django_db_blocker):
    """Return what a persona met; the first test that asks for a persona lets it walk, and nothing of it is kept."""
    from tests.architecture.test_matrix import make_records
    from tests.architecture.walks import walk

    walks = {}

    def of(persona):
        if persona not in walks:
            with _herne(django_db_blocker) as network:
                walks[persona] = walk(make_records(network), persona)
        return walks[persona]

    return of


@pytest.fixture(scope="session")
def visited(django_db_setup, django_db_blocker):
    """Return what a visitor met on the public site in a language, all in the same way."""
    from tests.architecture.walks import visit

    visits = {}

    def of(language):
        if language not in visits:
            with _herne(django_db_blocker):
                visits[language] = visit(language)
        return visits[language]

    return of


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
