"""Who waits for a promised call stands first on the day page, the overdue ones marked, each one click away."""

import re
from datetime import timedelta

from tests.personas import actor_of, client_of
from tragnetz.appointments.models import Callback
from tragnetz.casework.models import Enquiry
from tragnetz.core.clock import now


def asked_for_a_call(client, name):
    typed = {"key": "", "name": name, "phone": "0170 1234567", "language": "de"}
    assert client.post("/de/rueckruf/", typed).status_code == 200
    return Callback.objects.get(
        contact__in=Enquiry.objects.exclude(contact=None).order_by("-created_at")[:1].values("contact")
    )


def test_promised_calls_come_first_and_say_what_is_overdue(client, herne):
    late, later = asked_for_a_call(client, "Renate"), asked_for_a_call(client, "Olena")
    Callback.objects.update(organisation=actor_of(herne, "intake").organisation_id)
    Callback.objects.filter(pk=late.pk).update(promised_until=now() - timedelta(hours=2))
    desk = client_of("intake")
    aside = desk.get("/de/arbeit/").content.decode().split("<aside>")[1]

    first = re.search(r"<h2[^>]*>(.*?)</h2>", aside)[1]
    calls = aside.split("</section>")[0]
    assert first == "Rückrufe"
    assert f'href="/de/arbeit/rueckrufe/#rueckruf-{late.pk}">Renate<' in calls
    assert calls.index("Renate") < calls.index("Olena")
    assert calls.count("überfällig") == 1
    assert f'id="rueckruf-{later.pk}"' in desk.get("/de/arbeit/rueckrufe/").content.decode()
