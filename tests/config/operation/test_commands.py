"""What an operator does by hand: accounts and tasks; and each command stands in the docs with its words."""

import importlib.util
import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from tests.factories import make_actor
from tests.templates import ROOT
from tragnetz.audit.models import Event
from tragnetz.config.cli import main
from tragnetz.config.models import TaskRun
from tragnetz.config.tasks import BY_NAME, TOLD
from tragnetz.config.work import Rounds
from tragnetz.core.clock import now
from tragnetz.network.actors import resident
from tragnetz.network.models import Membership, User
from tragnetz.staff.commands import end_by_operator, reset_by_operator
from tragnetz.staff.errors import NotAllowedError

PAGE = ROOT / "docs" / "operations.md"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.TRAGNETZ_VAR = tmp_path


@pytest.fixture
def tool():
    spec = importlib.util.spec_from_file_location("print_operations", ROOT / "tools" / "print_operations.py")
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def test_the_tables_of_the_page_are_as_the_program_has_them(tool):
    page = PAGE.read_text(encoding="utf-8")

    assert tool.printed(page) == page


def test_every_command_has_help_and_stands_on_the_page(tool, capsys):
    page = PAGE.read_text(encoding="utf-8")
    usages = list(tool.usages())

    assert len(usages) > 30
    for usage, told in usages:
        assert told, usage
        assert f"| `{usage}` | {told} |" in page
        words = re.match(r"tragnetz ([a-z -]+)", usage).group(1).split()
        with pytest.raises(SystemExit) as ended:
            main([*words, "--help"])
        assert ended.value.code == 0
        assert "usage: tragnetz" in capsys.readouterr().out


def test_the_table_of_variables_has_no_value_of_a_secret(tool):
    rows = [row for row in tool.variables().splitlines() if "(secret)" in row]

    assert len(rows) > 8
    assert "demo-only" not in "".join(rows)


def member(network, *roles: str, name: str = "Ada") -> Membership:
    return Membership.objects.get(pk=make_actor(network, "alpha", *roles, name=name).membership_id)


def test_who_has_access_is_listed(network, capsys):
    member(network, "lead", "admin")

    assert main(["staff", "list"]) == 0

    told = capsys.readouterr().out
    assert re.search(r"^alpha +ada@alpha\.example +lead,admin +noch nie da, OHNE zweiten Faktor$", told, re.MULTILINE)


def test_access_is_ended_at_once(network, capsys):
    found = member(network, "admin")
    client = Client()
    client.force_login(found.user, "allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/de/arbeit/team/").status_code == 200

    assert main(["staff", "disable", "ADA@alpha.example"]) == 0

    assert client.get("/de/arbeit/team/").status_code in {302, 403}
    found.refresh_from_db()
    assert found.ended_on is not None
    assert Event.objects.filter(verb="staff:end", actor_kind="system").exists()
    assert main(["staff", "list"]) == 0
    assert "beendet am" in capsys.readouterr().out
    assert main(["staff", "disable", "ada@alpha.example"]) == 1


def test_second_factors_are_removed_and_a_link_opens_a_new_password(network, capsys, settings):
    settings.TRAGNETZ_PUBLIC_URL = "https://hilfe.example"
    found = member(network, "admin")
    Authenticator.objects.create(user=found.user, type=Authenticator.Type.TOTP, data={})

    assert main(["staff", "reset", "ada@alpha.example", "--password"]) == 0

    assert not Authenticator.objects.exists()
    assert Event.objects.get(verb="staff:factor-reset").details["factors"] == 1
    link = re.search(r"https://hilfe\.example(/\S+)", capsys.readouterr().out).group(1)
    page = Client().get(link, follow=True)
    assert page.status_code == 200
    assert 'name="password1"' in page.content.decode()


@pytest.mark.parametrize("words", [["disable", "nobody@alpha.example"], ["reset", "nobody@alpha.example"]])
def test_somebody_unknown_is_said(network, capsys, words):
    assert main(["staff", *words]) == 1
    assert "Niemand mit dieser Adresse" in capsys.readouterr().err


def test_without_a_network_it_is_said(db, capsys):
    assert main(["staff", "list"]) == 1
    assert "Dieses Netz gibt es nicht" in capsys.readouterr().err


def test_only_the_operator_ends_and_resets_so(network):
    found = member(network, "admin")

    with pytest.raises(NotAllowedError):
        end_by_operator(actor=resident(network), membership=found, now=now())
    with pytest.raises(NotAllowedError):
        reset_by_operator(actor=resident(network), membership=found)
    assert User.objects.get(pk=found.user_id).is_active


def test_tasks_are_listed_with_their_last_run(network, capsys):
    assert main(["tasks", "list"]) == 1  # none ever ran
    assert capsys.readouterr().out.count("noch nie") == len(TOLD)

    Rounds().one()

    assert main(["tasks", "list"]) == 0
    told = capsys.readouterr().out
    assert re.search(r"deliver +\d\d\.\d\d\. \d\d:\d\d:\d\d +\d+\.\d\d s +verschickt", told)


def test_a_task_is_done_by_name_and_leaves_how_it_went(network, capsys):
    assert main(["tasks", "run", "chain", "--network", "testtal"]) == 0

    assert capsys.readouterr().out.startswith("testtal: getan, ")
    assert list(TaskRun.objects.values_list("name", "failures")) == [("chain", 0)]


def test_a_task_that_fails_is_told(network, capsys, monkeypatch):
    def broken(*_args):
        raise ValueError

    task = BY_NAME["chain"]
    monkeypatch.setitem(BY_NAME, "chain", type(task)(task.name, task.told, broken))

    assert main(["tasks", "run", "chain"]) == 1

    assert "misslungen (builtins.ValueError)" in capsys.readouterr().out
    assert TaskRun.objects.get().failures == 1
    assert main(["tasks", "list"]) == 1
    assert "MISSLINGT 1x" in capsys.readouterr().out


def test_a_task_that_is_none_for_a_demo_is_left_out(network, capsys):
    network.is_demo = True
    network.save()

    assert main(["tasks", "run", "delete-due"]) == 0
    assert "nicht in einer Vorführung" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "told"),
    [(["fly"], "Das gibt es nicht: fly."), (["chain", "--network", "mond"], "Dieses Netz gibt es nicht.")],
)
def test_a_task_or_network_that_is_not_there_is_said(network, capsys, words, told):
    assert main(["tasks", "run", *words]) == 1
    assert capsys.readouterr().err.startswith(told)
