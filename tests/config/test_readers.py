"""A real standby on this machine: what is read from it, what never is, and what happens while it lags or is away."""

import threading
import uuid

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from tests import templates
from tests.clusters import clusters, copy_of_the_database_in_use, django_on
from tests.factories import make_network
from tragnetz.config.database import parse_url
from tragnetz.config.operation import database as checks
from tragnetz.config.operation import readings
from tragnetz.config.operation.findings import Level
from tragnetz.config.readers import MAY_LAG, WROTE
from tragnetz.directory.models import Service
from tragnetz.network.database import readers
from tragnetz.network.database.readers import BEHIND, NO_STANDBY, must_be_fresh, reading, watch
from tragnetz.network.models import District, Membership, Network
from tragnetz.network.scope import scope

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
OLD, NEW = "Alter Name", "Neuer Name"


@pytest.fixture(scope="module")
def servers(django_db_setup, django_db_blocker, tmp_path_factory):
    """Herne on a server of its own, with a standby."""
    folder = tmp_path_factory.mktemp("servers")
    with django_db_blocker.unblock(), clusters() as made:
        templates.use(templates.HERNE)
        made.append(copy_of_the_database_in_use(folder / "primary"))
        made.append(made[0].standby(folder / "standby"))
        yield made


@pytest.fixture
def primary(servers):
    return servers[0]


@pytest.fixture
def standby(servers):
    """The standby, awake and replaying."""
    servers[1].start()
    servers[1].run("SELECT pg_wal_replay_resume()")
    return servers[1]


@pytest.fixture
def city(primary, standby, settings, django_db_blocker):
    """Herne on the primary, with the standby named as its reader; it has all that was written so far."""
    settings.TRAGNETZ_READERS = [parse_url(standby.url)]
    settings.TRAGNETZ_READER_SECONDS = 300
    with django_db_blocker.unblock(), django_on(primary):
        watch.cache_clear()
        _forget_connections()
        network = Network.objects.get(key="herne")
        with scope(network):
            Service.objects.filter(pk=_offer().pk).update(name={"de": OLD})
            wait_for(primary, standby)
            watch().look()
            yield network
        _forget_connections()
        watch.cache_clear()


def _forget_connections() -> None:
    for one in readers._held.__dict__.pop("connections", {}).values():
        one.close()


def _offer() -> Service:
    return Service.objects.filter(status="active").order_by("key").first()


def wait_for(primary, standby) -> None:
    """Let the standby have all that was written."""
    ((written,),) = primary.run("SELECT pg_current_wal_flush_lsn()::text")
    for _ in range(200):
        if standby.run(f"SELECT pg_last_wal_replay_lsn() >= '{written}'::pg_lsn") == [(True,)]:
            return
        threading.Event().wait(0.05)  # another process's work: there is no signal to wait on
    pytest.fail("the standby does not follow")


def renamed(standby) -> str:
    """Hold the standby, then change an offer's name on the primary; returns the address of its page."""
    standby.run("SELECT pg_wal_replay_pause()")
    offer = _offer()
    Service.objects.filter(pk=offer.pk).update(name={"de": NEW})
    return reverse("portal:offer", args=[offer.key])


def where(connected=None) -> bool:
    """Whether the connection in use is a standby's."""
    with (connected or connection).cursor() as cursor:
        cursor.execute("SELECT pg_is_in_recovery()")
        return cursor.fetchone()[0]


def test_a_page_for_everybody_comes_from_the_reader(city, standby):
    page = renamed(standby)

    text = Client().get(page).content.decode()

    assert OLD in text
    assert NEW not in text
    names = {
        name for (name,) in standby.run("SELECT application_name FROM pg_stat_activity WHERE datname = 'tragnetz'")
    }
    assert readers.NAME in names


def test_whoever_opened_a_form_is_answered_by_the_primary(city, standby):
    page, visitor = renamed(standby), Client()
    visitor.get(reverse("portal:report", args=[_offer().key]))
    assert visitor.cookies

    assert NEW in visitor.get(page).content.decode()


def test_staff_are_answered_by_the_primary(city, standby):
    page, hanna = renamed(standby), Client()
    hanna.force_login(Membership.objects.filter(user__email__startswith="hanna").get().user, BACKEND)

    assert NEW in hanna.get(page).content.decode()


def test_only_figures_of_staff_come_from_the_reader_and_not_after_they_wrote(city, standby, rf):
    from tragnetz.config.readers import ReaderMiddleware

    standby.run("SELECT pg_wal_replay_pause()")
    asked = []

    def page(_request):
        asked.append((where(), reading(where)))
        from django.http import HttpResponse

        return HttpResponse()

    signed_in = {"sessionid": "x"}
    first = rf.post("/")
    first.COOKIES.update(signed_in)
    answer = ReaderMiddleware(page)(first)
    assert answer.cookies[WROTE]["max-age"] == 305
    later = rf.get("/")
    later.COOKIES.update(signed_in)
    ReaderMiddleware(page)(later)
    later.COOKIES[WROTE] = "1"
    ReaderMiddleware(page)(later)

    assert asked[1:] == [(False, True), (False, False)]


def test_a_reader_that_lags_is_not_asked(city, standby, settings):
    settings.TRAGNETZ_READER_SECONDS = 0
    watch.cache_clear()
    watch().look()
    assert reading(where)
    page = renamed(standby)

    (seen,) = watch().look()

    assert seen.fault == BEHIND
    assert seen.lag > 0
    assert NEW in Client().get(page).content.decode()
    (found,) = checks.readers()
    assert found.level == Level.WARN
    assert "Rückstand" in found.text
    assert readings.readers() == ([(("1",), 0.0)], [(("1",), watch().standings[0].lag)])


def test_a_reader_is_not_late_because_nobody_writes(city):
    for _time in range(2):
        (seen,) = watch().look()
        assert (seen.lag, seen.fault) == (0.0, "")

    (found,) = checks.readers()
    assert found.level == Level.OK


def test_a_reader_that_dies_breaks_no_page(city, standby):
    page = renamed(standby)
    assert OLD in Client().get(page).content.decode()

    standby.stop()

    for _time in range(3):
        cache.clear()
        answer = Client().get(page)
        assert answer.status_code == 200
        assert NEW in answer.content.decode()
    (found,) = checks.readers()
    assert (found.level, "antwortet nicht" in found.advice) == (Level.WARN, True)
    assert found.place not in found.text + found.advice


def test_a_page_that_the_reader_lacks_comes_from_the_primary(city, standby):
    standby.run("SELECT pg_wal_replay_pause()")
    offer = _offer()
    key = f"neu-{uuid.uuid4().hex[:8]}"
    Service.objects.filter(pk=offer.pk).update(key=key)

    answer = Client().get(reverse("portal:offer", args=[key]))

    Service.objects.filter(pk=offer.pk).update(key=offer.key)
    assert answer.status_code == 200


def test_a_search_that_leaves_something_leaves_it_on_the_primary(city, standby):
    from tragnetz.directory.models import SearchGap

    answer = Client().get(reverse("portal:search"), {"q": "quastenflosserpflege"})

    assert answer.status_code == 200
    assert SearchGap.objects.filter(words__contains="quastenflosser").exists()


def test_a_write_never_goes_to_the_reader(city):
    seen = []

    def write():
        seen.append(where())
        return District.objects.update(position=9)

    assert reading(write) > 0
    assert seen == [True, False]
    assert reading(where), "it only refused to write: it is asked on"


def test_nothing_inside_a_transaction_goes_to_the_reader(city):
    with transaction.atomic():
        assert not reading(where)
    with must_be_fresh():
        assert not reading(where)


def test_the_second_lock_holds_on_the_reader(city, primary, standby):
    other = make_network(key=f"n{uuid.uuid4().hex[:8]}")
    wait_for(primary, standby)

    def seen():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_is_in_recovery(), array_agg(DISTINCT network_id) FROM network_district")
            return cursor.fetchone()

    with scope(other):
        assert reading(seen) == (True, [other.pk])
    with scope(city):
        assert reading(seen) == (True, [city.pk])


def test_a_server_that_became_a_primary_is_not_asked(city, settings, primary):
    settings.TRAGNETZ_READERS = [parse_url(primary.url)]
    watch.cache_clear()

    (seen,) = watch().look()

    assert seen.fault == NO_STANDBY
    assert watch().usable() is None


def test_nobody_waits_for_a_look(city):
    """The first request of a process does not know its readers: the primary answers, and the look goes on beside it."""
    watch.cache_clear()

    assert watch().usable() is None
    assert watch().look()[0].fault == ""
    assert watch().usable() == 0


def test_pages_that_may_lag_are_pages():
    for name in MAY_LAG:
        assert any(
            name == f"portal:{one.name}" for one in __import__("tragnetz.portal.urls", fromlist=["x"]).urlpatterns
        )
