"""Commands of the audit trail and of privacy, as the operator runs them."""

import json

import pytest

from tests.owner import as_owner
from tests.privacy.people import NOW, make_family
from tragnetz.audit.commands import record
from tragnetz.audit.heads import file_of_heads, own_public_key
from tragnetz.casework.models import Case
from tragnetz.config.cli import main
from tragnetz.network.actors import system
from tragnetz.privacy.erasing import erase, journal_file, write_journal
from tragnetz.privacy.subjects import subject_of_case


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.TRAGNETZ_VAR = tmp_path


def test_the_chain_is_signed_and_verified_against_an_outside_copy(network, capsys, tmp_path):
    record(system(network), "cases:read")

    assert main(["audit", "sign"]) == 0
    told = capsys.readouterr().out
    assert own_public_key() in told
    copy = tmp_path / "copy.jsonl"
    copy.write_bytes(file_of_heads(network).read_bytes())
    assert main(["audit", "verify", "--head", str(copy)]) == 0
    assert "testtal: 1 events, 0 not chained yet, signed up to position 1" in capsys.readouterr().out

    line = json.loads(copy.read_text())
    copy.write_text(json.dumps(line | {"position": 9}))
    assert main(["audit", "verify", "--head", str(copy)]) == 1
    assert "head 1: not signed by a key that is trusted here" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["directory", "import", "there.csv"], ["directory", "export", "there.csv"], ["privacy", "replay"],
        ["screening", "run"], ["staff", "list"], ["tasks", "run", "deliver"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_each_command_says_the_same_of_a_network_that_is_not_there(network, capsys, words):
    assert main([*words, "--network", "nowhere"]) == 1
    assert capsys.readouterr().err.startswith("Dieses Netz gibt es nicht. Laden Sie zuerst eines: tragnetz city load")


def test_a_command_before_the_migration_says_what_to_do(network, capsys):
    with as_owner() as cursor:
        cursor.execute("ALTER TABLE network_network RENAME TO away")

    assert main(["staff", "list"]) == 1
    assert capsys.readouterr().err == "Die Tabellen dieser Version fehlen in der Datenbank: tragnetz migrate\n"


def test_the_directory_goes_out_and_a_file_that_is_none_is_said(network, tmp_path, capsys):
    file = tmp_path / "all.ndjson"

    assert main(["directory", "export", str(file)]) == 0
    assert capsys.readouterr().out == f"Geschrieben: {file} ({file.stat().st_size:,} Bytes)\n"

    assert main(["directory", "import", str(tmp_path / "none.json")]) == 1
    assert "Nichts wurde übernommen." in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--head", "nowhere.jsonl"], ["--public-key", "?"]])
def test_what_cannot_be_read_is_told(network, capsys, arguments):
    assert main(["audit", "verify", *arguments]) == 1
    assert capsys.readouterr().err


def test_replay_tells_what_it_erased_again(network, capsys):
    family = make_family(network, own_part=False)
    assert main(["privacy", "replay"]) == 1
    told = capsys.readouterr().err
    assert f"Unter {journal_file(network)} liegt kein Löschprotokoll" in told
    assert "--journal DATEI. Jetzt wurde nichts gelöscht." in told
    erase(actor=family.lead, subject=subject_of_case(family.case), now=NOW)
    write_journal(network)
    assert journal_file(network).exists()

    assert main(["privacy", "replay"]) == 0

    assert "nichts, alles ist schon weg" in capsys.readouterr().out
    assert not Case.objects.exists()
