"""The page of the net around a household."""

from tests.personas import actor_of, booked_enquiry, client_of
from tragnetz.casework.commands import open_case
from tragnetz.casework.networkmap.models import Tie
from tragnetz.core.clock import today


def test_somebody_is_added_shown_changed_and_deleted(herne):
    case = open_case(
        actor=actor_of(herne, "counsellor"), enquiry=booked_enquiry(herne).enquiry, today=today(herne.zone)
    )
    browser, page = client_of("counsellor"), f"/de/arbeit/faelle/{case.pk}/netz/"
    assert page in browser.get(f"/de/arbeit/faelle/{case.pk}/").content.decode()
    oma = {"name": "Oma", "relation": "holt die Kinder ab", "sphere": "family", "strength": "+", "key": "a" * 32}

    wrong = browser.post(page, oma | {"name": ""})
    browser.post(page, oma)
    browser.post(page, oma)
    shown = browser.get(page).content.decode()

    assert (wrong.status_code, "holt die Kinder ab" in wrong.content.decode()) == (422, True)
    assert shown.count("net__line--support") == 1
    assert "Diese Menschen haben nicht gefragt" in shown
    tie = Tie.objects.get()
    browser.post(f"/de/arbeit/netz/{tie.pk}/", oma | {"strength": "-"})
    assert "net__line--burden" in browser.get(page).content.decode()
    browser.post(f"/de/arbeit/netz/{tie.pk}/", {"do_remove": "1"})
    assert Tie.objects.count() == 0
