"""Journey 3: a counsellor works on a case without any script, on a desk and on a phone."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESKTOP, PHONE, press
from tests.personas import actor_of, booked_enquiry, client_of, cookies_of
from tragnetz.casework.commands import open_case
from tragnetz.core.clock import today
from tragnetz.network.models import Network
from tragnetz.network.scope import scope


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_journey_3_talk_domains_goal_and_end_without_script(browser, site, size):
    network = Network.objects.get()
    with scope(network):
        taken = booked_enquiry(network)
        case = open_case(actor=actor_of(network, "counsellor"), enquiry=taken.enquiry, today=today(network.zone))
    context = browser.new_context(viewport=size, java_script_enabled=False)
    context.add_cookies(cookies_of(client_of("counsellor"), site))
    page = context.new_page()
    page.goto(f"{site}/de/arbeit/faelle/{case.pk}/")

    page.get_by_label("Sachverhalt").fill("Zwei Mahnungen gemeinsam gelesen.")
    page.get_by_label("Was ist als Nächstes zu tun?").fill("Ratenzahlung anfragen")
    press(page, "Speichern")
    expect(page.get_by_text("Zwei Mahnungen gemeinsam gelesen.")).to_be_visible()
    expect(page.get_by_text("1 Gespräch insgesamt")).to_be_visible()

    page.get_by_role("link", name="Lebenslagen", exact=True).click()
    page.get_by_role("link", name="Neu einschätzen").click()
    page.get_by_text("Geld und Schulden", exact=True).first.click()
    page.get_by_label("Geld und Schulden, Person: 2 große Schwierigkeiten").check()
    page.get_by_label("Geld und Schulden, Beratung: 3 kommt knapp zurecht").check()
    press(page, "Speichern")
    expect(page.get_by_role("img", name="Lebenslagen als Bild")).to_be_visible()

    page.get_by_role("link", name="Ziele", exact=True).click()
    page.get_by_role("link", name="Ziel vereinbaren").click()
    page.get_by_label("Was soll anders sein?").fill("Die Miete selbst zahlen")
    press(page, "Vereinbaren")  # something is missing: said, and nothing lost
    expect(page.get_by_label("Was soll anders sein?")).to_have_value("Die Miete selbst zahlen")
    page.get_by_label("Woran merken wir").fill("Drei Monate pünktlich")
    page.get_by_label("Bis wann?").fill(f"{today(network.zone).year + 1}-06-01")
    press(page, "Vereinbaren")
    press(page, "teilweise erreicht")

    page.get_by_role("link", name="Abschluss").click()
    page.get_by_label("Warum endet die Hilfe?").select_option("done")
    page.get_by_label("Was ist dabei herausgekommen?").select_option("better")
    press(page, "Fall beenden")
    expect(page.get_by_text("Dieser Fall ist beendet")).to_be_visible()
    page.get_by_role("link", name="Verlauf").click()
    for words in ("Ziel: teilweise erreicht", "Lebenslagen eingeschätzt", "Fall beendet"):
        expect(page.get_by_text(words).first).to_be_visible()
    context.close()
