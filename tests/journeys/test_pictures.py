"""A picture that is older than its page is told; what changes from day to day makes none old."""

import pytest

from tests.journeys import pictures
from tests.journeys.pictures import aged, lasting, said, shoot


@pytest.fixture
def page(browser, monkeypatch):
    monkeypatch.delenv("TRAGNETZ_SCREENSHOTS", raising=False)
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture
def images(monkeypatch, tmp_path):
    (tmp_path / "said").mkdir()
    monkeypatch.setattr(pictures, "IMAGES", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("heading: Letzter Tag: Dienstag, 22. Dezember 2026", "heading: Letzter Tag: Montag, 4. Januar 2027"),
        ("button: Mo, 30. Nov, 08:30", "button: Fr, 4. Dez, 13:15"),
        ("button: 9 weitere Hilfen zeigen", "button: 12 weitere Hilfen zeigen"),
        ("label: 1.300 Euro", "label: 0,50 Euro"),
    ],
)
def test_days_and_numbers_make_no_picture_old(one, other):
    assert one != other
    assert lasting(one) == lasting(other)


def test_words_within_words_are_no_days():
    assert lasting("Modus: Vorsorge, Montage, Maiglöckchen") == "Modus: Vorsorge, Montage, Maiglöckchen"


def test_a_page_says_its_parts_in_order_once_and_only_what_is_seen(page):
    page.set_content(
        "<nav><a href=#>Tag</a></nav><h1>Fall <i>A</i></h1><label>Stand <select><option>neu</select></label>"
        "<button>Weiter</button><button>Weiter</button><button hidden>Nie</button><h3>Text</h3><p>Worte</p>"
        "<details class=line><summary>Ansage</summary></details><label><input type=radio name=slot>Elif</label>"
    )

    assert said(page) == ["menu: Tag", "heading: Fall A", "label: Stand", "button: Weiter"]


def test_a_picture_of_a_changed_page_fails_and_names_itself_and_the_command(page, images):
    (images / "said" / "case.txt").write_text("heading: Fall\nbutton: Speichern\n", encoding="utf-8")
    page.set_content("<h1>Fall</h1><button>Speichern</button>")
    shoot(page, "case")
    page.set_content("<h1>Fall</h1><button>Sichern</button>")

    with pytest.raises(pytest.fail.Exception) as told:
        shoot(page, "case")

    assert "docs/images/case.png is old" in str(told.value)
    assert "make pictures" in str(told.value)
    assert "-button: Speichern" in str(told.value)
    assert "+button: Sichern" in str(told.value)


def test_days_stand_in_a_picture_as_germans_write_them_and_the_page_goes_on_as_it_was(page):
    page.set_content("<input type=date value=2026-11-30><input type=date><input type=file>")

    page.evaluate(pictures.GERMAN)
    shown = page.evaluate("[...document.querySelectorAll('input')].map((one) => one.value)")
    page.evaluate(pictures.AS_IT_WAS)

    assert shown == ["30.11.2026", "tt.mm.jjjj", "Datei auswählen: keine ausgewählt"]
    kinds = page.evaluate("[...document.querySelectorAll('input')].map((one) => [one.type, one.value])")
    assert kinds == [["date", "2026-11-30"], ["date", ""], ["file", ""]]


def test_a_renewed_picture_is_as_its_page(page, images, monkeypatch):
    page.set_content("<h1>Fall</h1>")
    monkeypatch.setenv("TRAGNETZ_SCREENSHOTS", "1")
    shoot(page, "case")
    monkeypatch.delenv("TRAGNETZ_SCREENSHOTS")

    shoot(page, "case")

    assert (images / "case.png").read_bytes().startswith(b"\x89PNG")
    assert aged(["heading: Fall"], images / "said" / "case.txt") == ""
