"""The table of cells, and the front that is written from it."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from tests.templates import ROOT
from tragnetz.config.backup.errors import BackupError
from tragnetz.config.cli import main
from tragnetz.config.moving.cells import (
    FILES,
    FORM_MEGABYTES,
    FRONTS,
    LARGEST_MEGABYTES,
    MACHINES,
    read_cells,
)

FOLDER = ROOT / "deploy" / "cells"
TEMPLATES = ROOT / "src" / "tragnetz"


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


def test_a_front_lets_files_through_to_each_page_that_takes_some():
    """And to no other: a page that is new here needs its place in `cells.FILES`."""
    forms = {
        str(file.relative_to(TEMPLATES))
        for file in TEMPLATES.rglob("*.html")
        if "multipart/form-data" in file.read_text(encoding="utf-8")
    }
    at_work = {name for name in forms if name.startswith("workspace/templates/workspace/")}

    assert len(at_work) == 3
    assert forms - at_work == {"portal/templates/portal/own/letter.html"}
    assert re.search(FILES, reverse("portal:own_letter"))
    assert re.search(FILES, reverse("workspace:team"))
    assert not re.search(FILES, reverse("portal:own"))
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE < FORM_MEGABYTES * 1_000_000
    assert settings.TRAGNETZ_UPLOAD_AT_ONCE * settings.TRAGNETZ_UPLOAD_MOST < LARGEST_MEGABYTES * 1_000_000


def test_fronts_refuse_the_same_machines_as_the_program_itself():
    assert [rf"^({'|'.join(MACHINES)})/"] == settings.SECURE_REDIRECT_EXEMPT
