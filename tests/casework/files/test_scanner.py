"""The scanner's answers, good and bad, over real sockets."""

import pytest

from tests.casework.files.clamd import EICAR, scanner
from tests.processes import PATIENCE
from tragnetz.casework.files.scanner import Verdict, is_address, scan


@pytest.fixture(autouse=True)
def _patient(settings):
    settings.TRAGNETZ_SCANNER_SECONDS = PATIENCE


def test_without_a_scanner_nothing_is_said():
    assert scan(b"Brief") == Verdict.NONE


@pytest.mark.parametrize(
    ("content", "verdict"), [(b"Brief", Verdict.CLEAN), (EICAR, Verdict.INFECTED), (bytes(200_000), Verdict.CLEAN)]
)
def test_a_scanner_gets_all_of_a_file_and_its_answer_counts(settings, content, verdict):
    with scanner() as made:
        settings.TRAGNETZ_SCANNER = made.address

        assert scan(content) == verdict
    assert made.seen == [content]


def test_a_scanner_may_listen_on_a_unix_socket(settings, tmp_path):
    with scanner(path=str(tmp_path / "clamd")) as made:
        settings.TRAGNETZ_SCANNER = made.address

        assert scan(EICAR) == Verdict.INFECTED


@pytest.mark.parametrize(
    "mood", ["hang-up", "error", "garbage", "endless", "unfinished", "two", "empty", "silent", "drip"]
)
def test_a_scanner_that_misbehaves_is_away_and_holds_nobody_up(settings, mood):
    settings.TRAGNETZ_SCANNER_SECONDS = 0.5
    with scanner(mood) as made:
        settings.TRAGNETZ_SCANNER = made.address

        assert scan(b"Brief") == Verdict.AWAY
        assert not made.waited_in_vain


def test_a_scanner_that_is_not_there_is_away(settings, tmp_path):
    for address in ("tcp://127.0.0.1:9", f"unix:{tmp_path}/nobody"):
        settings.TRAGNETZ_SCANNER = address

        assert scan(b"Brief") == Verdict.AWAY


@pytest.mark.parametrize(
    ("address", "fits"),
    [
        ("tcp://scanner:3310", True), ("tcp://scanner", True), ("unix:/run/clamav/clamd.ctl", True),
        ("scanner:3310", False), ("tcp://", False), ("unix:", False), ("http://scanner", False), ("tcp://a:x", False),
    ],
)  # fmt: skip
def test_a_setting_that_names_no_scanner_is_seen_at_the_start(address, fits):
    assert is_address(address) == fits
