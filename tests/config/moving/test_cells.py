"""The table of cells, and the front that is written from it."""

import pytest
from django.conf import settings

from tests.templates import ROOT
from tragnetz.config.backup.errors import BackupError
from tragnetz.config.cli import main
from tragnetz.config.moving.cells import FRONTS, MACHINES, read_cells

FOLDER = ROOT / "deploy" / "cells"


def test_the_fronts_beside_the_table_are_written_from_it():
    cells = read_cells(FOLDER / "cells.yaml")

    assert (FOLDER / "Caddyfile").read_text(encoding="utf-8") == FRONTS["caddy"](cells)
    assert (FOLDER / "nginx.conf").read_text(encoding="utf-8") == FRONTS["nginx"](cells)


def test_each_host_leads_to_its_network_alone():
    cells = read_cells(FOLDER / "cells.yaml")

    for key, site in cells.sites.items():
        for host in site.hosts:
            assert f"    {host} tragnetz_{key};" in FRONTS["nginx"](cells)
        block = FRONTS["caddy"](cells).split(f"# {key}, ")[1].split("\n}\n")[0]
        assert f"reverse_proxy {' '.join(site.web)} {{" in block


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("cells: {a: {x: {hosts: [h.example], web: ['1:1']}}, b: {x: {hosts: [i.example], web: ['2:2']}}}", "2 cells"),
        ("cells: {a: {x: {hosts: [h.example, h.example], web: ['1:1']}}}", "stands there 2 times"),
        ("cells: {a: {x: {hosts: [h.example], web: ['1:1']}, y: {hosts: [i.example], web: ['1:1']}}}", "2 networks"),
        ("cells: {a: {x: {hosts: ['h.example; }'], web: ['1:1']}}}", "is no host"),
        ("cells: {a: {x: {hosts: [h.example], web: ['1:1;evil']}}}", "is no host:port"),
        ("cells: {a: {'X y': {hosts: [h.example], web: ['1:1']}}}", "is no key"),
        ("cells: {a: {x: {hosts: [], web: ['1:1']}}}", "cells.a.x.hosts"),
        ("cells: [", "cells.yaml"),
    ],
)
def test_a_table_with_a_fault_is_refused(tmp_path, text, told):
    file = tmp_path / "cells.yaml"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(BackupError, match=told):
        read_cells(file)


def test_the_command_prints_it(capsys):
    assert main(["network", "front", str(FOLDER / "cells.yaml"), "--for", "nginx"]) == 0
    assert capsys.readouterr().out == (FOLDER / "nginx.conf").read_text(encoding="utf-8")


def test_fronts_refuse_the_same_machines_as_the_program_itself():
    assert [rf"^({'|'.join(MACHINES)})/"] == settings.SECURE_REDIRECT_EXEMPT
