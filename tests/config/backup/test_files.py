"""Files get their name when they are complete, and lead nowhere else."""

import os
import stat
from datetime import UTC, datetime, timedelta

import pytest

from tragnetz.config.backup.errors import BackupError, DamagedError
from tragnetz.config.backup.files import (
    Reading,
    Staging,
    kept_files,
    must_lie_outside,
    name_of,
    new_file,
    remove_older,
)

AT = datetime(2026, 3, 1, 2, 30, tzinfo=UTC)


def _names(folder):
    return sorted(path.name for path in folder.iterdir())


def _write(path, also=lambda: None):
    with new_file(path) as raw:
        raw.write(b"mine")
        also()


def test_a_new_file_is_for_its_owner_alone_and_has_no_name_before_its_end(tmp_path):
    path = tmp_path / "one.backup"

    with new_file(path) as raw:
        raw.write(b"all")
        assert not path.exists()

    assert path.read_bytes() == b"all"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert _names(tmp_path) == ["one.backup"]


def test_a_file_that_fails_leaves_nothing(tmp_path):
    with pytest.raises(ZeroDivisionError):
        _write(tmp_path / "one.backup", also=lambda: 1 / 0)

    assert _names(tmp_path) == []


def test_a_file_is_never_written_over(tmp_path):
    (tmp_path / "one.backup").write_bytes(b"older")

    with pytest.raises(BackupError, match="there already"), new_file(tmp_path / "one.backup"):
        pass

    assert (tmp_path / "one.backup").read_bytes() == b"older"


def test_a_name_that_was_taken_meanwhile_is_not_taken_away(tmp_path):
    with pytest.raises(BackupError, match="could not be written"):
        _write(tmp_path / "one.backup", also=lambda: (tmp_path / "one.backup").write_bytes(b"theirs"))

    assert (tmp_path / "one.backup").read_bytes() == b"theirs"
    assert _names(tmp_path) == ["one.backup"]


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(BackupError, match=r"missing: No such file"), new_file(tmp_path / "missing" / "one.backup"):
        pass


def test_a_part_that_was_left_long_ago_goes_and_a_fresh_one_stays(tmp_path):
    old, fresh = tmp_path / ".a.backup.12345678.part", tmp_path / ".b.backup.12345678.part"
    old.touch()
    fresh.touch()
    long_ago = (datetime.now(UTC) - timedelta(hours=13)).timestamp()
    os.utime(old, (long_ago, long_ago))

    with new_file(tmp_path / "one.backup") as raw:
        raw.write(b"x")

    assert _names(tmp_path) == [fresh.name, "one.backup"]


def test_names_tell_networks_and_time():
    assert name_of(["herne"], AT) == "tragnetz-herne-20260301T023000Z.backup"
    assert name_of([], AT) == "tragnetz-20260301T023000Z.backup"


def test_only_older_backups_of_ours_are_deleted(tmp_path):
    paths = [tmp_path / name_of(["herne"], AT + timedelta(days=day)) for day in range(5)]
    others = [tmp_path / "letter.pdf", tmp_path / "other-20200301T023000Z.backup", tmp_path / "tragnetz.backup"]
    for path in [*paths, *others]:
        path.touch()

    gone = remove_older(tmp_path, paths[-1], 2)

    assert gone == paths[2::-1]
    assert sorted(tmp_path.iterdir()) == sorted([*paths[3:], *others])


def test_what_was_just_written_stays_even_if_the_clock_was_set_back(tmp_path):
    paths = [tmp_path / name_of(["herne"], AT + timedelta(days=day)) for day in range(3)]
    for path in paths:
        path.touch()

    remove_older(tmp_path, paths[0], 1)

    assert list(tmp_path.iterdir()) == [paths[0]]


def test_the_var_folder_is_kept_but_for_what_is_made_again(tmp_path):
    for name in ("papers/a.pdf", "b.txt", "postgres/base", "static/x.css", "outbox/1.json", "papers/static/c.pdf"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "link").symlink_to("/etc")

    found = [path.relative_to(tmp_path).as_posix() for path in kept_files(tmp_path)]

    assert found == ["b.txt", "papers/a.pdf", "papers/static/c.pdf"]


@pytest.mark.parametrize("name", ["../a", "/etc/passwd", "a/../../b", "a\\..\\b", ""])
def test_a_file_that_leads_out_of_the_folder_is_refused(tmp_path, name):
    with pytest.raises(DamagedError, match="outside"):
        Staging(tmp_path, replace=True).put(name, [b"x"])

    assert _names(tmp_path) == []


@pytest.mark.parametrize("name", ["one.backup", "nightly/one.backup", "postgres/one.backup"])
def test_a_back_up_never_lies_among_the_files_that_it_holds(tmp_path, name):
    """It would be copied into itself until the disk is full."""
    with pytest.raises(BackupError, match="it would hold itself"):
        must_lie_outside(tmp_path / "var" / ".." / "var" / name, tmp_path / "var")


@pytest.mark.parametrize("name", ["var/backups/one.backup", "elsewhere/one.backup", "variable/one.backup"])
def test_a_back_up_beside_them_is_let_through(tmp_path, name):
    must_lie_outside(tmp_path / name, tmp_path / "var")


def test_a_file_that_grows_while_it_is_read_has_an_end(tmp_path):
    growing = tmp_path / "log"
    growing.write_bytes(b"first")
    reading = Reading(tmp_path, growing)

    with growing.open("rb", buffering=0) as raw:
        for block in reading.blocks(raw):
            with growing.open("ab") as more:
                more.write(block)

    assert (reading.seen().size, growing.stat().st_size) == (5, 10)


def test_a_file_that_is_there_is_not_written_over_unasked(tmp_path):
    (tmp_path / "a").write_bytes(b"old")

    with pytest.raises(BackupError, match="--replace"):
        Staging(tmp_path, replace=False).put("a", [b"new"])


def test_staged_files_move_in_together_or_not_at_all(tmp_path):
    (tmp_path / "a").write_bytes(b"old")
    staging = Staging(tmp_path, replace=True)
    staging.put("a", [b"new"])
    staging.put("deep/b", [b"1", b"2"])
    assert (tmp_path / "a").read_bytes() == b"old"

    staging.move_in()
    staging.clear()

    assert (tmp_path / "a").read_bytes() == b"new"
    assert (tmp_path / "deep" / "b").read_bytes() == b"12"
    assert _names(tmp_path) == ["a", "deep"]
