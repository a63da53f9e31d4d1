"""The page behind the link of a question: ten languages, no script, no name, answered once."""

import re
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.test import Client

from tests.casework.conftest import make_case
from tests.factories import make_actor
from tests.owning import code_for
from tests.portal.test_resaid import way_of
from tests.reporting.asking.conftest import allow, left
from tests.reporting.conftest import make_programme
from tragnetz.clients.models import Contact
from tragnetz.core.clock import now, today
from tragnetz.core.months import months_later
from tragnetz.messaging.models import Message
from tragnetz.network.scope import scope
from tragnetz.portal.asked.words import ANSWERS, PLAIN
from tragnetz.reporting.asking.commands import ask_due
from tragnetz.reporting.asking.models import OwnQuestion
from tragnetz.reporting.lines.line import lines
from tragnetz.reporting.models import Answers

pytestmark = pytest.mark.django_db
SITE = "https://stadt.example"
SECRETS = ("Rosa", "Linde", "Gut", "BQB", "Alpha", "Ada", "4567")


@pytest.fixture
def ada(network):
    return make_actor(network, "alpha", "counsellor", name="Ada")


@pytest.fixture
def case(ada):
    case = make_case(ada)
    allow(case, may_text=True)
    return case


@pytest.fixture
def path(network, settings, ada, case):
    settings.TRAGNETZ_PUBLIC_URL = SITE
    row(network, ada, case)
    return Message.objects.get().params["link"].removeprefix(SITE)


def row(network, ada, case):
    day = today(network.zone)
    project = make_programme(
        network, "gut", terms={"asks_people": True}, starts=day - timedelta(days=600), ends=day + timedelta(days=300)
    )
    found = left(ada, case, project, entered_on=day - timedelta(days=400), left_on=months_later(day, -6))
    ask_due(network=network, now=now())
    return found


def text(response) -> str:
    return response.content.decode()


def main(response) -> str:
    """Return what the page says; without the token, in which three letters may stand as in a name."""
    said = re.search(r"<main.*?</main>", text(response), re.DOTALL).group()
    return re.sub(r'(?<=value=")[A-Za-z0-9]{64}(?=")', "", said)


@pytest.mark.parametrize("language", [code for code, _name in django_settings.LANGUAGES])
def test_the_page_asks_in_each_language_and_says_nothing_about_anybody(client, path, language):
    page = client.get(path.replace("/de/", f"/{language}/"))

    assert page.status_code == 200
    assert main(page).count('type="radio"') == 3
    assert not [word for word in SECRETS if word in main(page)]
    assert ("Haben Sie jetzt Arbeit?" in text(page)) == (language in {"de", "de-simple"})
    assert "<script" not in main(page)


def test_every_question_after_a_project_has_plain_words():
    for line in lines().values():
        for question in line.questions:
            if question.moment != "entry" and not question.derived:
                assert question.key in PLAIN
                assert set(question.choices) <= set(ANSWERS)


def test_nothing_of_it_is_kept_by_browsers_or_found_by_search(client, path):
    page = client.get(path)
    assert page["Cache-Control"] == "no-store"
    assert (page["X-Robots-Tag"], page["Referrer-Policy"]) == ("noindex, nofollow", "same-origin")


def test_an_answer_counts_once_and_a_second_opening_says_thanks_alone(client, path):
    assert client.head(path).status_code == 200
    assert client.post(path, {"q_later_employment": "perhaps"}).status_code == 422
    assert client.post(path, {"send": "1"}).status_code == 422
    assert "Danke" in main(client.post(path, {"q_later_employment": "yes"}))

    again = Client().get(path)
    assert "Danke" in main(again)
    assert "<form" not in main(again)
    assert "Danke" in main(Client().post(path, {"q_later_employment": "no"}))
    assert Answers.objects.get(moment="six_months").answers == {"later_employment": "yes"}


def test_not_to_answer_is_one_button(client, path):
    assert "Danke" in main(client.post(path, {"refuse": "1"}))
    assert OwnQuestion.objects.get().state == "refused"


def test_help_wanted_again_says_when_one_calls_or_that_one_gets_in_touch(client, path):
    done = main(client.post(path, {"refuse": "1", "wants_help": "on"}))
    assert "meldet sich bei Ihnen" in done or "Wir rufen Sie an" in done
    assert "meldet sich" not in main(client.get(path))
    assert "Wir rufen Sie an" not in main(client.get(path))


@pytest.mark.parametrize("end", ["expired", "revoked", "unknown"])
def test_a_link_that_does_not_hold_looks_like_one_that_never_was(client, path, end):
    if end == "expired":
        OwnQuestion.objects.update(expires_at=now())
    elif end == "revoked":
        OwnQuestion.objects.update(secret_hash="")
    else:
        path = "/de/frage/kein-link/"
    page = client.get(path)
    assert page.status_code == 404
    assert main(page) == main(client.get("/de/frage/ein-anderer/"))
    assert client.post(path, {"q_later_employment": "yes"}).status_code == 404


def test_an_answer_is_read_on_in_another_language_before_it_is_sent(client, path):
    where, form, says = way_of(text(client.get(path)), "tr")
    other = client.post(where, {"q_later_employment": "yes", "wants_help": "on"} | says)

    assert (form, other.status_code, 'lang="tr"' in text(other)) == ("frage", 200, True)
    assert re.search(r'name="q_later_employment" value="yes"[^>]* checked', text(other))
    assert "Danke" in main(client.post(path, {"q_later_employment": "no"}))


def test_links_cannot_be_tried_out_for_long(client, path):
    found = [client.get(f"/de/frage/geraten-{number}/").status_code for number in range(62)]
    assert (found[0], found[-1]) == (404, 429)


def test_looking_at_the_right_link_is_not_counted(client, path):
    assert {client.get(path).status_code for _number in range(62)} == {200}


def test_a_form_from_elsewhere_is_refused(path):
    assert Client(enforce_csrf_checks=True).post(path, {"q_later_employment": "yes"}).status_code == 403


def test_a_link_of_one_network_opens_nothing_in_another(network, path, other_network):
    from tragnetz.reporting.asking.answering import page_by_link

    secret = path.rstrip("/").rpartition("/")[2]
    assert page_by_link(secret, now()) is not None
    with scope(other_network):
        assert page_by_link(secret, now()) is None


def test_the_own_page_asks_whom_no_message_may_reach(client, network, settings, ada, case):
    settings.TRAGNETZ_PUBLIC_URL = SITE
    Contact.objects.update(may_text=False)
    made = code_for(ada, case, case.household.people.get(relation="self"))
    row(network, ada, case)
    assert (OwnQuestion.objects.get().way, Message.objects.filter(template="after_ask").count()) == ("page", 0)

    client.post("/de/meine-begleitung/", {"code": made.code})
    assert "Zur Frage" in text(client.get("/de/meine-begleitung/"))
    where = "/de/meine-begleitung/frage/six_months/"
    assert "Haben Sie jetzt Arbeit?" in text(client.get(where))
    assert client.post(where, {}).status_code == 422
    assert "Danke" in text(client.post(where, {"q_later_employment": "no"}))
    assert Answers.objects.get(moment="six_months").told_by == "page"
    assert "Zur Frage" not in text(client.get("/de/meine-begleitung/"))
    assert client.get(where).status_code == 404
    assert client.get("/de/meine-begleitung/frage/entry/").status_code == 404
