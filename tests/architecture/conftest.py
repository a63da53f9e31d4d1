"""What each persona meets on the staff site, walked once by each worker."""

import pytest
from django.db import connection, transaction

from tests import templates


@pytest.fixture(scope="session")
def walked(django_db_setup, django_db_blocker):
    """Return what a persona met; the first test that asks for a persona lets it walk, and nothing of it is kept."""
    from tests.architecture.test_matrix import make_records
    from tests.architecture.walks import walk
    from tragnetz.network.models import Network
    from tragnetz.network.scope import scope

    walks = {}

    def of(persona):
        if persona not in walks:
            templates.use(templates.HERNE)
            with django_db_blocker.unblock(), transaction.atomic():
                network = Network.objects.get()
                with scope(network), connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS directory_edition IMMEDIATE")
                    walks[persona] = walk(make_records(network), persona)
                transaction.set_rollback(True)
        return walks[persona]

    return of
