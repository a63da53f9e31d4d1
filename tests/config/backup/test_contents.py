"""What a back-up may be restored into."""

from datetime import UTC, datetime

import pytest

from tragnetz.config.backup.contents import About, TableSum, differences, read_part, refuse_other_version
from tragnetz.config.backup.errors import BackupError, DamagedError

ABOUT = About(
    version="0.1.0",
    made_at=datetime(2026, 3, 1, 2, 30, tzinfo=UTC),
    networks=("herne",),
    migrations=(("casework", "0001_initial"), ("casework", "0002_steps")),
    server=180006,
    ring=(),
    signing="",
    tables=(),
)
KNOWN = {("casework", "0001_initial"), ("casework", "0002_steps")}


def test_the_same_version_has_nothing_left_to_do():
    assert refuse_other_version(ABOUT, version="0.1.0", known=KNOWN, server=180001) == []


def test_a_newer_version_runs_what_came_since():
    later = ("casework", "0003_goals")

    assert refuse_other_version(ABOUT, version="0.2.0", known={*KNOWN, later}, server=190000) == [later]


def test_an_older_version_refuses_and_names_what_it_does_not_know():
    with pytest.raises(BackupError, match=r"Tragnetz 0\.0\.9 .*casework\.0002_steps"):
        refuse_other_version(ABOUT, version="0.0.9", known={("casework", "0001_initial")}, server=180006)


def test_an_older_server_refuses():
    with pytest.raises(BackupError, match="Restore on PostgreSQL 18 or newer"):
        refuse_other_version(ABOUT, version="0.1.0", known=KNOWN, server=170004)


def test_differences_are_told_by_table():
    def made(label, rows, digest):
        return TableSum(label=label, rows=rows, digest=digest)

    before = [made("a", 1, "x"), made("b", 2, "x"), made("c", 3, "x"), made("d", 4, "x")]
    after = [made("a", 1, "x"), made("b", 1, "x"), made("c", 3, "y"), made("e", 0, "x")]

    assert differences(before, after) == [
        "b has 1 rows instead of 2", "c has other content", "d is missing", "e is too many",
    ]  # fmt: skip


@pytest.mark.parametrize("packed", [b"", b"{}", b'{"version": "9", "colour": "red"}', b"\xff"])
def test_what_tells_nothing_about_itself_is_refused(packed):
    with pytest.raises(DamagedError):
        read_part(About, packed)
