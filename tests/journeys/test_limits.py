"""Whoever has to wait, in a real browser: what it says, where one may call, and that nothing typed is lost."""

import pytest
from playwright.sync_api import expect

from tests.journeys.accessible import faults_here
from tests.journeys.conftest import DESKTOP, PHONE
from tragnetz.core.clock import now
from tragnetz.staff.enums import Counted
from tragnetz.staff.models import Bucket
from tragnetz.staff.throttle import take

ADDRESS = "127.0.0.1"  # where the browser of a test comes from


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("language", "size"), [("de", DESKTOP), ("ar", PHONE), ("de-simple", PHONE)])
def test_who_must_wait_reads_a_number_and_sends_the_same_words_later(browser, site, language, size):
    page = browser.new_page(viewport=size)
    page.goto(f"{site}/{language}/barrierefreiheit/melden/")
    page.locator("#id_text").fill("Der Knopf ist zu klein")
    while not take(Counted.FORM, ADDRESS, now()):
        """Somebody else at the same connection sends a great deal."""
    with page.expect_navigation() as answer:
        page.locator("main form button.kern-btn--primary").click()

    assert answer.value.status == 429
    assert faults_here(page) == []
    expect(page.locator("main").get_by_text("02323 16-9167").first).to_be_visible()
    Bucket.objects.all().delete()  # two minutes later
    with page.expect_navigation() as answer:
        page.locator("main form button.kern-btn--primary").click()

    assert answer.value.status == 200
    page.close()
