"""What could run, read or send what somebody typed stands on a list: a new place is looked at before it is let in.

Each list names the modules that may, so that a new one fails here and not in an attack. What is searched for is what the
ASVS calls dangerous: code made of texts, shells, unsafe readers, own HTML, requests to elsewhere, forms without token.
"""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
import yaml

from tragnetz.core.cookies import host_cookie, path_cookie
from tragnetz.core.documents import Loader

ROOT = Path(__file__).resolve().parents[2] / "src" / "tragnetz"
TEMPLATES = {
    str(file.relative_to(ROOT)): file.read_text(encoding="utf-8")
    for file in sorted(ROOT.rglob("templates/**/*"))
    if file.is_file()
}
SCRIPTS = {
    str(file.relative_to(ROOT)): file.read_text(encoding="utf-8")
    for file in sorted(ROOT.rglob("static/**/*.js"))
    if "vendor" not in file.parts
}

KEEPS = "components/static/forms.js"  # what a form held, for the way back

PROGRAMS = {  # start another program: always a list of words
    "benefits/library.py", "casework/letterreading/extract.py", "config/backup/database.py",
    "config/moving/deeds.py", "config/operation/machine.py", "config/together.py", "config/work.py",
}  # fmt: skip
OUTWARD = {  # speak with another machine
    "casework/files/scanner.py", "config/accounts/single_sign_on.py", "config/operation/outward.py", "config/serving.py",
    "directory/truth/addresses.py", "messaging/gateway.py", "messaging/smtp.py", "staff/mail.py",
}  # fmt: skip
OWN_HTML = {  # say that a text is HTML already: made by us, holds nothing typed
    "portal/booking/views.py", "portal/structured.py", "portal/takeaway/views.py", "workspace/calendar/views.py",
    "workspace/catalogue/organisations.py",
}  # fmt: skip
OWN_HTML_TEMPLATES = {"workspace/templates/workspace/guide/start.html", "workspace/templates/workspace/guide/page.html"}
NOT_ESCAPED = {"components/templates/mfa/recovery_codes/download.txt"}  # a plain text
SIGNS_IN = {"config/accounts/adapter.py", "config/accounts/forms.py"}
SQL = re.compile(r"\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|ALTER|CREATE|DROP|LOCK TABLE|SET|WHERE|ORDER BY)\b")
CONSTANT = re.compile(r"_?[A-Z][A-Z_]*(?:\.format\(.*\))?|'[^']*'\.join\([A-Z]+\)")  # texts of ours, whole
PUT_TOGETHER = {  # statements that hold more than constants: names and parts of queries of ours, never a value
    ("config/backup/database.py", "not_of_extension"), ("config/checks.py", "function"),
    ("config/operation/database.py", "function"), ("config/operation/database.py", "name"),
    ("directory/frequencies.py", "number"), ("directory/frequencies.py", "stops"), ("directory/frequencies.py", "term.sql"),
    ("directory/search.py", "any_of"), ("directory/search.py", "has"), ("directory/search.py", "offered.sql"),
    ("directory/search.py", "rank"), ("directory/search.py", "self.sql"),
    ("network/database/base.py", "network or ''"),  # an id, or nothing
    ("network/database/rows.py", "function"),
    ("reporting/snapshots/changes.py", "' OR '.join(pairs)"), ("reporting/snapshots/changes.py", "', '.join(pairs)"),
    ("reporting/snapshots/changes.py", "now.sql"), ("reporting/snapshots/changes.py", "then.sql"),
    ("reporting/snapshots/rows.py", "self.sql"),
    ("reporting/snapshots/rows.py", "', '.join((arrays.get(name, name) for name in COLUMNS))"),
}  # fmt: skip
FILLED_IN = {"reporting/outcomes/tally.py", "reporting/snapshots/report.py"}  # the same by `format` and `replace`


@cache
def modules() -> dict[str, ast.Module]:
    """Return our modules as they are understood: read by the first test that asks, not by every run that passes here."""
    return {
        str(file.relative_to(ROOT)): ast.parse(file.read_text(encoding="utf-8"))
        for file in sorted(ROOT.rglob("*.py"))
        if not {"migrations", "demo"} & set(file.parts)
    }


@cache
def calls(tree: ast.AST) -> list[tuple[str, ast.Call]]:
    """Return all calls with the name that is called, as it is written: `subprocess.run`, `eval`, `transaction.atomic`."""
    return [
        (ast.unparse(node.func), node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)
    ]


@cache
def imported(tree: ast.AST) -> set[str]:
    """Return the modules that a module imports, and what it takes of them: `lxml`, `urllib3`, `django.db.connection`."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
    return found


def calling(*names: str) -> set[str]:
    return {module for module, tree in modules().items() if any(name in names for name, _node in calls(tree))}


def importing(*packages: str) -> set[str]:
    return {
        module
        for module, tree in modules().items()
        if any(one == package or one.startswith(f"{package}.") for one in imported(tree) for package in packages)
    }


def test_code_is_made_of_no_text_but_the_compiled_law():
    """V1.3.2."""
    assert calling("eval", "exec", "compile", "__import__", "builtins.exec") == {"benefits/law.py"}
    assert importing("importlib.util", "runpy", "codeop", "code") <= {"benefits/law.py"}


def put_together(tree: ast.AST) -> set[str]:
    """Return what is written into statements for the database, beside constants."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            text = "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
            found |= {
                ast.unparse(part.value)
                for part in node.values
                if isinstance(part, ast.FormattedValue) and SQL.search(text)
            }
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod | ast.Add):
            for side in (node.left, node.right):
                if isinstance(side, ast.Constant) and isinstance(side.value, str) and SQL.search(side.value):
                    found.add(ast.unparse(node))
    return {one for one in found if not CONSTANT.fullmatch(one)}


def test_statements_are_texts_of_ours_and_values_are_bound():
    """V1.2.4."""
    assert {(module, one) for module, tree in modules().items() for one in put_together(tree)} == PUT_TOGETHER
    filled = {
        module
        for module, tree in modules().items()
        for name, node in calls(tree)
        if name.endswith((".execute", ".executemany"))
        and node.args
        and re.search(r"\.(?:format|replace)\(", ast.unparse(node.args[0]))
    }
    assert filled - importing("psycopg.sql") == FILLED_IN  # psycopg's own quotes what it puts in
    assert calling("RawSQL", "expressions.RawSQL") == set()
    assert {
        module for module, tree in modules().items() for name, node in calls(tree) if name.endswith((".raw", ".extra"))
    } == {"config/operation/machine.py"}  # a variable as it was given


def poured_together(tree: ast.AST) -> list[str]:
    """Return where fields of the address and of the body become one: by an operator, in a dictionary, in a call."""
    return [
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.BinOp | ast.BoolOp | ast.Dict | ast.Call)
        and {"GET", "POST"} <= {part.attr for part in ast.iter_child_nodes(node) if isinstance(part, ast.Attribute)}
    ]


def test_where_a_field_was_sent_is_always_said():
    """V15.3.7: none of the address stands in for one of the body."""
    assert {module: found for module, tree in modules().items() if (found := poured_together(tree))} == {}


def test_other_programs_are_started_from_known_places_and_never_by_a_shell():
    """V1.2.5."""
    assert importing("subprocess", "pty") == PROGRAMS
    become = {"casework/letterreading/bounded.py", "config/bound.py", "config/serving.py"}
    assert calling("os.execv", "os.execve", "os.execvp", "os.execvpe") == become
    assert calling("os.system", "os.popen", "os.spawnv", "os.posix_spawn", "subprocess.getoutput") == set()
    words = [
        (module, word) for module, tree in modules().items() for _name, node in calls(tree) for word in node.keywords
    ]
    assert [module for module, word in words if word.arg == "shell"] == []


def test_nothing_that_could_make_objects_is_read():
    """V1.5.2: no pickles, and YAML by a safe reader alone."""
    assert importing("pickle", "marshal", "shelve", "dill", "jsonpickle", "cloudpickle") == set()
    assert calling("yaml.unsafe_load", "yaml.full_load", "yaml.load_all") == set()
    assert calling("yaml.load") == {"core/documents.py", "directory/everyday.py"}
    assert issubclass(Loader, yaml.SafeLoader | yaml.CSafeLoader)
    assert '"CSafeLoader"' in ast.dump(modules()["directory/everyday.py"]).replace("'", '"')


def test_xml_is_read_by_no_reader_of_ours():
    """V1.5.1: only libraries for tables and texts read some, and those open no entity."""
    assert importing("xml", "lxml", "defusedxml", "xmltodict", "bs4", "html5lib") == set()


def test_no_text_becomes_a_template_or_an_expression():
    """V1.3.7, V1.2.9."""
    assert importing("jinja2", "string.Template") == set()
    assert calling("Template", "engine.from_string", "engines", "Environment", "Engine") <= {"messaging/queries.py"}
    made = {
        (module, ast.unparse(part.value))
        for module, tree in modules().items()
        for name, node in calls(tree)
        if name.startswith("re.") and node.args and isinstance(node.args[0], ast.JoinedStr)
        for part in node.args[0].values
        if isinstance(part, ast.FormattedValue)
    }
    assert {
        one for one in made if not re.fullmatch(r"_[A-Z_]+|'\|'\.join\((sorted\()?_[A-Z]+.*\)|re\.escape\(.*\)", one[1])
    } == {
        ("network/hours_text.py", "words"),  # of ours: each call names them
    }


def test_html_is_written_by_templates_alone():
    """V1.1.2, V1.2.1."""
    assert calling("mark_safe", "SafeString", "safestring.mark_safe") == OWN_HTML
    assert {name for name, text in TEMPLATES.items() if re.search(r"\|\s*safe\b|\|safeseq", text)} == OWN_HTML_TEMPLATES
    assert {name for name, text in TEMPLATES.items() if re.search(r"autoescape\s+off", text)} == NOT_ESCAPED


def test_other_machines_are_asked_from_known_places():
    """V13.1.1, V13.2.4: docs/operations.md says whom the program talks to."""
    assert (
        importing(
            "socket", "http.client", "urllib.request", "urllib3", "requests", "httpx", "aiohttp", "smtplib", "ftplib"
        )
        | calling("EmailMessage", "send_mass_mail", "get_connection")
    ) == OUTWARD


def test_forms_need_their_token():
    """V3.5.1: the page that asks for a code has another proof, `is_from_here`; the API keeps nothing."""
    assert {module for module in modules() if "csrf_exempt" in ast.dump(modules()[module])} == {"portal/own/views.py"}


def test_cookies_are_for_this_site_alone_and_for_no_script():
    """V3.3.1 to V3.3.4: names with their prefix, Secure in production, HttpOnly, SameSite, never for another host."""
    given = [
        (module, node, {word.arg: ast.unparse(word.value) for word in node.keywords})
        for module, tree in modules().items()
        for name, node in calls(tree)
        if name.endswith((".set_cookie", ".set_signed_cookie"))
    ]

    assert len(given) >= 5
    for module, node, words in given:
        made = re.search(
            r"^COOKIE = (?:host|path)_cookie\(|, COOKIE = .*, host_cookie\(",
            ast.unparse(modules()[module]),
            re.MULTILINE,
        )
        assert made or ast.unparse(node.args[0]).startswith("host_cookie("), module
        assert (words["httponly"], words["secure"]) == ("True", "settings.SESSION_COOKIE_SECURE"), module
        assert words["samesite"] in {"'Lax'", "'Strict'"}, module
        assert "domain" not in words, module


def test_names_of_cookies_have_their_prefix_in_production(settings):
    settings.PRODUCTION = True

    assert (host_cookie("device"), path_cookie("own")) == ("__Host-device", "__Secure-own")


def test_fields_are_named_wherever_something_is_written():
    """V15.3.3: no form takes all fields of a model, nothing that was sent is spread into a row."""
    assert importing("django.forms.ModelForm", "django.forms.models", "rest_framework") == set()
    spread = {
        module
        for module, tree in modules().items()
        for _name, node in calls(tree)
        for word in node.keywords
        if word.arg is None and re.match(r"request\.(POST|GET|COOKIES|headers)", ast.unparse(word.value))
    }
    assert spread == set()


def test_people_are_signed_in_by_the_pages_of_accounts_alone():
    """V6.3.4: no way in that docs/login.md does not name."""
    assert calling(
        "login", "auth.login", "perform_login", "force_login", "super().login", "flows.login.perform_login"
    ) == (SIGNS_IN)


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_writes_texts_and_keeps_nothing(name):
    """V3.2.2, V14.3.3, V15.3.6: no HTML out of texts, no words of people in the browser's storage."""
    script = SCRIPTS[name]

    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setTimeout\(\s*[\"'`]|srcdoc"
        r"|postMessage|indexedDB|document\.cookie|__proto__|Object\.assign|\bimport\(|XMLHttpRequest",
        script,
    )
    assert set(re.findall(r"localStorage\.\w+Item\(\s*\"(\w+)\"", script)) <= {"keys", "seen"}
    assert script.count("localStorage") == len(re.findall(r"localStorage\.\w+Item\(\s*\"(?:keys|seen)\"", script))
    marks = re.findall(r"sessionStorage\.(?:getItem\(HIDDEN\)|setItem\(HIDDEN, \"1\"\))", script)
    assert script.count("sessionStorage") == len(marks)  # that a page was there which somebody may have to hide
    assert name == KEEPS or not re.search(r"pushState|replaceState\((?!null)|history\.state", script)


def test_what_comes_back_by_the_browsers_back_names_nobody():
    """V14.3.3: forms that the tab keeps for a quarter of an hour ask for no name, number, message or code."""
    kept = {name for name, text in TEMPLATES.items() if "data-again" in text}

    assert kept == {f"portal/templates/portal/{name}.html" for name in ("check/check", "finder/ask", "finder/result")}
    assert 'new Set(["csrfmiddlewaretoken", "code"])' in SCRIPTS[KEEPS]


def test_the_search_finds_what_it_is_for():
    """The negative control: each question finds its own in a module that does it."""
    bad = ast.parse(
        "import subprocess, pickle\nfrom lxml import etree\nfrom string import Template\n"
        "subprocess.run('x', shell=True)\neval('1')\nRow(**request.POST)\n"
        "ask(f'SELECT {typed} FROM {_TABLE}')\nask('SELECT ' + typed)\nask('DELETE FROM %s' % typed)\n"
        "read(request.POST or request.GET)\nread({**request.GET, **request.POST})\n"
    )

    assert {"subprocess", "pickle", "lxml", "string.Template"} <= imported(bad)
    assert {"subprocess.run", "eval", "Row"} <= {name for name, _node in calls(bad)}
    assert any(word.arg == "shell" for _name, node in calls(bad) for word in node.keywords)
    assert put_together(bad) == {"typed", "'SELECT ' + typed", "'DELETE FROM %s' % typed"}
    assert poured_together(bad) == ["request.POST or request.GET", "{**request.GET, **request.POST}"]
