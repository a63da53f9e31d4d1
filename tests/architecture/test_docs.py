"""What the pages under docs/ name is there: links, pictures, tests, addresses, commands, and the labels of buttons."""

import importlib.util
import re
from functools import cache
from pathlib import Path

import pytest
import yaml
from django.urls import Resolver404, resolve

from tragnetz.reporting.enums import Check

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
HANDBOOK = sorted((ROOT / "docs" / "handbook").glob("*.md"))
COMPLIANCE = sorted((ROOT / "docs" / "compliance").glob("*.md"))
FOR_A_CITY = [*HANDBOOK, *COMPLIANCE, ROOT / "docs" / "onboarding.md"]


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def is_page(address: str) -> bool:
    try:
        resolve(address)
    except Resolver404:
        return False
    return True


@cache
def source() -> str:
    """All that the program may show, in one line: templates break sentences anywhere."""
    files = [file for end in ("html", "py", "yaml") for file in (ROOT / "src").rglob(f"*.{end}")]
    return re.sub(r"\s+", " ", " ".join(file.read_text(encoding="utf-8") for file in files))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_of_a_page_lead_somewhere(page):
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text_of(page))

    assert [one for one in targets if "://" not in one and not (page.parent / one).exists()] == []


def test_the_index_leads_to_each_page():
    """Single decisions and papers have a folder and an index of their own."""
    index = text_of(ROOT / "docs" / "README.md")
    pages = [*(ROOT / "docs").glob("*.md"), *(ROOT / "docs" / "operations").glob("*.md")]
    pages += [ROOT / "docs" / folder / "README.md" for folder in ("handbook", "compliance")]
    named = {(ROOT / "docs" / one).resolve() for one in re.findall(r"\]\(([^)#]+\.md)\)", index)}

    assert [name_of(one) for one in sorted(pages) if one not in {*named, ROOT / "docs" / "README.md"}] == []


def test_the_readme_counts_as_the_program_does():
    """Whoever adds a rule or an offer changes the number there; a number that is wrong is worse than none."""
    offers = [ROOT / "cities" / "catalogue" / "nrw" / "services", ROOT / "cities" / "herne" / "services"]
    rules = yaml.safe_load(text_of(ROOT / "src" / "tragnetz" / "deadlines" / "rules.yaml"))["rules"]
    kinds = list((ROOT / "src" / "tragnetz" / "casework" / "letters" / "kinds").glob("*.yaml"))
    words = {"seventeen": 17, "eighteen": 18, "twenty": 20, "twenty-one": 21, "twenty-two": 22}
    said = {
        what: words.get(number) or int(number)
        for number, what in re.findall(
            r"([\w-]+) (benefits and offers|rules of the law|kinds by DIN 5008|checks of what is missing)",
            " ".join(text_of(ROOT / "README.md").split()),
        )
    }

    assert said == {
        "benefits and offers": sum(len(yaml.safe_load(text_of(one))) for each in offers for one in each.glob("*.yaml")),
        "rules of the law": len(rules),
        "kinds by DIN 5008": len(kinds),
        "checks of what is missing": len(Check),
    }


def test_each_command_that_a_figure_names_is_there():
    """Whoever doubts a figure runs its command: targets of make with their parts, modules to be changed, files."""
    text = text_of(ROOT / "docs" / "operations" / "figures.md")
    targets = set(re.findall(r"^([a-z]+):", text_of(ROOT / "Makefile"), flags=re.MULTILINE))
    measured = set(re.findall(r'"([a-z]+)": \[', text_of(ROOT / "tests" / "benchmarks" / "__main__.py")))
    changed = set(re.findall(r'^    "([a-z]+)": \{', text_of(ROOT / "tools" / "mutate.py"), flags=re.MULTILINE))
    made = re.findall(r"`make ([a-z]+)(?: PART=([\w/.]+))?", text)
    parts = [part for target, part in made if target == "mutants" and part] + re.findall(r"`PART=([\w/.]+)", text)

    assert {target for target, _part in made} - targets == set()
    assert {part for target, part in made if target == "bench" and part} - {*measured, "law", "rescreening"} == set()
    assert [one for one in parts if one not in changed and not (ROOT / one).exists()] == []
    assert [one for one in re.findall(r"\b((?:tests|tools)/[\w/]+\.py)", text) if not (ROOT / one).exists()] == []


def test_each_figure_names_its_command():
    """In a column of its own, or once for a whole table in the words before it."""
    text = text_of(ROOT / "docs" / "operations" / "figures.md")
    without = []
    for before, table in re.findall(r"((?:[^\n|].*\n)+)\n((?:\|.*\n)+)", text):
        head, _line, *rows = [[cell.strip() for cell in row.strip("| ").split(" | ")] for row in table.splitlines()]
        place = next((place for place, cell in enumerate(head) if cell.startswith("command")), None)
        for row in rows:
            named = before if place is None else row[place]
            if "`" not in named and named != "as above":
                without.append(row[0])

    assert without == []


def test_each_picture_is_made_by_a_journey_and_shown_on_a_page():
    journeys = " ".join(text_of(file) for file in (ROOT / "tests" / "journeys").glob("*.py"))
    made = set(re.findall(r'shoot\(\w+, "([\w-]+)"', journeys))
    shown = {name for page in PAGES for name in re.findall(r"images/([\w-]+)\.png", text_of(page))}
    kept = {file.stem for file in (ROOT / "docs" / "images").glob("*.png")}

    assert shown == made
    assert kept == shown
    assert {file.stem for file in (ROOT / "docs" / "images" / "said").glob("*.txt")} == kept


def test_each_named_test_is_there():
    named = {found for page in COMPLIANCE for found in re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", text_of(page))}

    assert len(named) > 40
    for file, name in sorted(named):
        code = text_of(ROOT / file)
        assert f"def {name}(" in code if name else "def test_" in code, (file, name)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_test_that_a_page_names_is_in_its_file(page):
    """Also where a page is no paper of compliance: whoever renames a test renames it there."""
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", text_of(page))

    missing = [
        (file, name)
        for file, name in named
        if not (ROOT / file).exists() or (name and f"def {name}(" not in text_of(ROOT / file))
    ]
    assert missing == []


def test_tests_that_the_threat_model_names_are_there():
    code = " ".join(text_of(file) for file in (ROOT / "tests").rglob("test_*.py"))
    named = set(re.findall(r"`(test_\w+)`", text_of(ROOT / "docs" / "threat-model.md")))

    assert len(named) > 10
    assert [one for one in sorted(named) if f"def {one}(" not in code] == []


@pytest.mark.parametrize("page", FOR_A_CITY, ids=name_of)
def test_files_and_addresses_that_a_page_names_are_there(page):
    text = text_of(page)
    files = re.findall(r"`((?:docs|src|tools|cities|tests)/[\w./-]+\.\w+)`", text)
    addresses = [one for one in re.findall(r"`(/[a-z-]+/[a-z/-]*)`", text) if not one.startswith("/srv/")]

    assert [one for one in files if not (ROOT / one).exists()] == []
    for address in addresses:
        assert is_page(f"/de{address}") or is_page(address), address


@pytest.mark.parametrize("page", FOR_A_CITY, ids=name_of)
def test_commands_that_a_page_names_are_there(page):
    from tragnetz.config.cli import parser

    known = parser()._subparsers._group_actions[0].choices

    for command in re.findall(r"(?:`|^\s*)tragnetz ([a-z]+)", text_of(page), flags=re.MULTILINE):
        assert command in known


@pytest.mark.parametrize("page", [page for page in HANDBOOK if page.name != "en.md"], ids=name_of)
def test_labels_in_quotes_stand_in_the_program(page):
    """In the handbook, words in German quotes are what one reads on the screen."""
    labels = {re.sub(r"\s+", " ", one) for one in re.findall("„([^“]+)“", text_of(page))}

    assert [one for one in sorted(labels) if one not in source()] == []


@pytest.mark.parametrize("name", ["dsfa", "verarbeitungsverzeichnis", "vertraege"])
def test_papers_for_the_network_name_its_controllers_and_projects(name):
    """As they stand in the city's files; whoever joins or leaves must change both."""
    text = re.sub(r"\s+", " ", text_of(ROOT / "docs" / "compliance" / f"{name}.md"))
    folder = ROOT / "cities" / "herne"
    members = [one for one in yaml.safe_load(text_of(folder / "organisations.yaml")) if one.get("member")]
    projects = yaml.safe_load(text_of(folder / "programmes.yaml"))

    assert [one["name"] for one in members if one["name"] not in text] == []
    assert [one["short"] for one in projects if one["short"] not in text] == []


def test_the_register_says_who_supervises_which_controller_and_who_carries_which_project():
    text = text_of(ROOT / "docs" / "compliance" / "verarbeitungsverzeichnis.md")
    folder = ROOT / "cities" / "herne"
    projects = yaml.safe_load(text_of(folder / "programmes.yaml"))
    for one in yaml.safe_load(text_of(folder / "organisations.yaml")):
        if not one.get("member"):
            continue
        row = next(line for line in text.splitlines() if line.startswith(f"| {one['name']}"))
        carried = ", ".join(project["short"] for project in projects if one["id"] in project["organisations"])

        assert carried in row, one["id"]
        assert ("KDG" in row) == (one["regime"] == "kdg"), one["id"]
        assert one["privacy"]["authority"]["name"] in row or "dieselbe" in row, one["id"]


def test_the_register_of_processing_is_as_the_program_keeps_it():
    spec = importlib.util.spec_from_file_location("print_register", ROOT / "tools" / "print_register.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    page = text_of(tool.PAGE)

    assert page.count("| `casework.note` |") == 1
    assert tool.printed(page) == page
