"""None of two hundred hostile files is taken, and each refusal says what to do."""

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
