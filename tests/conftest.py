"""Fixtures for all tests: a fresh cache, a small network in scope, a second one beside it."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# The same examples in each run: what lands passes or fails by what it changes. `make fuzz` throws the dice.
# And nothing is slow: no benchmark is a test, and a busy machine may take its time.
settings.register_profile(
    "tragnetz",
    derandomize="TRAGNETZ_DICE" not in os.environ,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("tragnetz")
COMMITTING = {"transactional_db", "live_server"}
CITIES = Path(__file__).resolve().parent.parent / "cities"


@pytest.fixture(autouse=True)
def _fresh_cache() -> Iterator[None]:
    """No test sees the pages that another one left in the cache, nor reads in its language."""
    from django.conf import settings as django_settings
    from django.core.cache import cache
    from django.utils import translation

    cache.clear()
    with translation.override(django_settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True, scope="session")
def _quick_settings():
    from django.test import override_settings

    from tests.quick import light_codes, quick_settings

    with override_settings(**quick_settings()), light_codes():
        yield


@pytest.fixture(autouse=True, scope="session")
def _unwatched_templates(django_test_environment):
    """Render as in real use: Django's tests copy the context of each template, and hardly any of ours look at it."""
    from django.template.base import PartialTemplate, Template
    from django.test.utils import _TestState

    Template._render = _TestState.saved_data.template_render
    PartialTemplate._render = _TestState.saved_data.partial_template_render


@pytest.fixture
def watched_templates(monkeypatch):
    """Let the answers of the test's client hold their contexts."""
    from django.template.base import Template
    from django.test.utils import instrumented_test_render

    monkeypatch.setattr(Template, "_render", instrumented_test_render)


@pytest.fixture(autouse=True)
def _open_keys():
    """A test is logged in as everybody whose actor it made: their keys are on its ring."""
    from tragnetz.vault.keyring import Keyring, using

    with using(Keyring()) as ring:
        yield ring


def kind_of_database(item: pytest.Item) -> str:
    """Return the database that a test asks for; empty for none."""
    from tests.templates import AUENTAL, EMPTY, HERNE, OWNED, SMALL, TOLD

    names = set(getattr(item, "fixturenames", ()))
    if "told_city" in names:
        return TOLD
    if "herne" in names or "committed_herne" in names:
        return HERNE
    if "auental_city" in names:
        return AUENTAL
    if "small_database" in names:  # not asked for by a `network` that a folder makes itself
        return OWNED if "owned_database" in names else SMALL
    return EMPTY if names & {"db", *COMMITTING} or item.get_closest_marker("django_db") else ""


def pytest_collection_finish():
    """Let Python's collector not look again and again at what stays: eight thousand tests, and all that they import.

    And seldom at the rest: by itself it looks at everything after each hundred pages, in a process that ends soon.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.hookimpl(tryfirst=True)  # before `-m "not slow"` looks at the marks
def pytest_collection_modifyitems(items):
    """Mark what is slow, and begin with what takes long, so that no worker is left alone with it at the end."""
    from tests.slow import is_slow

    for item in items:
        if is_slow(item):
            item.add_marker("slow")
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Choose the database before any fixture opens it."""
    from tests import templates

    if kind := kind_of_database(item):
        templates.use(kind)


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item):
    """Whoever may have committed leaves a database that nobody uses again."""
    from tests import templates

    marker = item.get_closest_marker("django_db")
    if COMMITTING & set(getattr(item, "fixturenames", ())) or (marker and marker.kwargs.get("transaction")):
        templates.forget(kind_of_database(item))


@pytest.fixture(scope="session")
def django_db_setup():
    """Instead of pytest-django's test database: `tests.templates` makes ours at the first test that asks for one."""
    from django.test import TransactionTestCase

    from tests import templates

    with pytest.MonkeyPatch.context() as patch:
        # A database that was committed to is thrown away: nothing to empty.
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: None)
        yield
    templates.drop_copies()


@pytest.fixture(autouse=True)
def _editions_without_commit(request):
    """Let a change of the directory give it a new edition at the end of its statement: a test never commits."""
    if {"db", "herne", "network"} & set(request.fixturenames) and "transactional_db" not in request.fixturenames:
        request.getfixturevalue("db")
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS directory_edition IMMEDIATE")


@pytest.fixture
def herne(db):
    """Herne as it stands in cities/, loaded as a demo and in scope."""
    from tragnetz.network.models import Network
    from tragnetz.network.scope import scope

    loaded = Network.objects.get()
    with scope(loaded):
        yield loaded


@pytest.fixture
def committed_herne(transactional_db):
    """Herne for a test that commits, or whose database other threads and processes must see; not in scope."""
    from tragnetz.network.models import Network

    return Network.objects.get()


@pytest.fixture
def auental_city(db):
    """Auental as it stands in cities/, in scope: smaller than Herne, with two offices for one thing."""
    from tests.templates import forget_editions
    from tragnetz.network.models import Network
    from tragnetz.network.scope import scope

    loaded = Network.objects.get()
    forget_editions(loaded.pk)
    with scope(loaded):
        yield loaded


@pytest.fixture
def small_database(db):
    """Ask for the database with the small network."""


@pytest.fixture
def network(small_database):
    """A small network, in scope: from a database of its own, or beside Herne."""
    from tests.factories import make_network
    from tests.templates import forget_editions
    from tragnetz.network.models import Network
    from tragnetz.network.scope import scope

    found = Network.objects.filter(key="testtal").first() or make_network()
    forget_editions(found.pk)
    with scope(found):
        yield found


@pytest.fixture
def other_network(db):
    """A second network, not in scope."""
    from tests.factories import make_network

    return make_network(key="elsewhere")


@pytest.fixture
def owned_database(db):
    """Ask for Ada in the database with the small network."""


@pytest.fixture
def owner(owned_database, network):
    """Ada of Alpha, who counsels: in most tests the case is hers."""
    from tests.factories import make_actor, open_keys
    from tests.quick import PASSWORD
    from tragnetz.network.actors import of_membership
    from tragnetz.network.models import Membership

    ada = Membership.objects.select_related("user").filter(user__email="ada@alpha.example").first()
    if ada is None:  # beside Herne
        return make_actor(network, "alpha", "counsellor", name="Ada")
    return open_keys(of_membership(ada, network), ada.user, PASSWORD)


@pytest.fixture
def ada(owner):
    """The same, in tests that tell of several people by their names."""
    return owner


@pytest.fixture
def colleague(network):
    """Bert, who counsels at Alpha, too."""
    from tests.factories import make_actor

    return make_actor(network, "alpha", "counsellor", name="Bert")


@pytest.fixture
def lead(network):
    """Lena, who leads the team of Alpha."""
    from tests.factories import make_actor

    return make_actor(network, "alpha", "lead", name="Lena")


@pytest.fixture
def foreign(network):
    """Fred, who counsels and leads at Beta."""
    from tests.factories import make_actor

    return make_actor(network, "beta", "counsellor", "lead", name="Fred")


@pytest.fixture
def fred(foreign):
    """The same, by his name."""
    return foreign
