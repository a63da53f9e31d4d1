"""None of two hundred hostile files is taken, and each refusal says what to do."""

import tracemalloc
from contextlib import suppress

from tests.casework.files.hostile import samples
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.files.intake import examined


def test_no_hostile_file_is_taken():
    taken, silent, found = [], [], samples()
    for name, content in found.items():
        try:
            taken.append((name, examined(f"{name}.pdf", content).type))
        except CaseworkError as refusal:
            if "Datei" not in str(refusal) and "HEIC" not in str(refusal):
                silent.append(name)

    assert taken == []
    assert silent == []
    assert len(set(found.values())) >= 200


def test_no_hostile_file_grows_while_it_is_looked_at():
    """Facts, test 39: less than 300 MB. A file that unpacks into gigabytes is refused before anything is unpacked."""
    found = samples()
    tracemalloc.start()
    try:
        for name, content in found.items():
            with suppress(CaseworkError):
                examined(f"{name}.pdf", content)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 300_000_000
