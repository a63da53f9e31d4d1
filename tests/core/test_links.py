"""Addresses that leave a page lead to the public site, whoever asked and where."""

import pytest
from django.test import RequestFactory

from tragnetz.core.links import outward_address, page_address


@pytest.mark.parametrize(
    ("public", "leads_to"),
    [("", "https://intranet.example/de/"), ("https://hilfe.example", "https://hilfe.example/de/")],
)
def test_an_address_to_take_along_is_the_public_one_or_where_the_request_came(settings, public, leads_to):
    settings.TRAGNETZ_PUBLIC_URL, settings.ALLOWED_HOSTS = public, ["intranet.example"]
    request = RequestFactory().get("/arbeit/", headers={"host": "intranet.example"}, secure=True)

    assert page_address(request, "portal:start") == leads_to


@pytest.mark.parametrize(
    ("secret", "language", "leads_to"),
    [
        ("s3cret", "uk", "https://hilfe.example/uk/termin/vorschlag/s3cret/"),
        ("s3cret", "xx", "https://hilfe.example/de/termin/vorschlag/s3cret/"),
        ("", "ar", "https://hilfe.example/ar/mein-platz/"),
    ],
)
def test_an_address_in_a_message_is_in_the_persons_language(settings, secret, language, leads_to):
    settings.TRAGNETZ_PUBLIC_URL = "https://hilfe.example"

    assert outward_address("portal:proposal" if secret else "portal:my_waiting", secret, language) == leads_to


def test_without_a_public_address_no_link_goes_out(settings):
    settings.TRAGNETZ_PUBLIC_URL = ""

    assert outward_address("portal:my_waiting", "", "de") == ""
