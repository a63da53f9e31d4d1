"""What is said of each language of the site: how its text came about, who has checked it; nothing better than it is."""

import pytest
from django.conf import settings
from pydantic import ValidationError

from tragnetz.portal import languages
from tragnetz.portal.languages import Standing, is_unchecked, standings


def test_each_language_of_the_site_has_a_standing():
    assert set(standings()) == {code for code, _name in settings.LANGUAGES}


def test_the_page_says_of_each_language_how_it_came_about(client, herne):
    page = client.get("/de/sprachen/").content.decode()

    machines = sum(one.made == "machine" for one in standings().values())
    assert page.count("Von einem Computer übersetzt.") == machines == 8
    assert page.count("Noch hat niemand den Text geprüft, der die Sprache spricht.") == machines
    assert "Noch hat ihn keine Prüfgruppe gelesen." in page


@pytest.mark.parametrize(("code", "carries"), [("de", False), ("de-simple", False), ("tr", True), ("ar", True)])
def test_pages_in_an_unchecked_language_carry_a_note_with_a_way_to_report(client, herne, code, carries):
    page = client.get(f"/{code}/").content.decode()

    assert (f"/{code}/rueckmeldung/?art=translation&amp;seite=portal%3Astart" in page) == carries
    assert is_unchecked(code) == carries


@pytest.fixture
def other_file(tmp_path, monkeypatch):
    """The file as it would be after somebody has checked a language."""
    file = tmp_path / "languages.yaml"
    file.write_text("tr: {made: machine, checked: [{who: Kreis der Eltern, day: 2026-11-01}]}", encoding="utf-8")
    monkeypatch.setattr(languages, "FILE", file)
    standings.cache_clear()
    yield
    standings.cache_clear()


def test_a_checked_language_names_who_and_when_and_loses_the_note(client, herne, other_file):
    page = client.get("/tr/sprachen/").content.decode()

    assert "Kreis der Eltern tarafından" in page
    assert "Kasım 2026" in page
    assert "art=translation&amp;seite=portal%3Alanguages" not in page


def test_a_wrong_line_is_refused():
    with pytest.raises(ValidationError):
        Standing.model_validate({"made": "magic"})
    with pytest.raises(ValidationError):
        Standing.model_validate({"made": "machine", "checked": [{"who": "x"}]})
