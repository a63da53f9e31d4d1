"""Collect the texts of the portal for translation: writes missing ones into locale/*/LC_MESSAGES/django.po.

Templates go through Django's own `templatize`, which turns their tags into Python calls that Babel reads. Only what a
resident may see is collected: the staff pages are German. Run it with `make messages`.
"""

import ast
import io
import sys
from pathlib import Path

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent / "src" / "tragnetz"
LANGUAGES = {"de_Simple": "de"} | {code: code for code in ("en", "tr", "ar", "uk", "ru", "ro", "bg", "pl")}
PLACES = [
    "components/templates/components/*.html",
    "portal/**/*.html",
    "portal/**/*.py",
    "benefits/texts.py",
    "directory/*.py",
    "network/hours.py",
    "screening/prospects.py",
    "screening/texts.py",
    "appointments/enums.py",
    "appointments/commands.py",
    "appointments/calls/commands.py",
    "appointments/templates/**/*.html",
    "appointments/waiting/words.py",
    "clients/commands.py",
    "casework/commands.py",
    "casework/files/inspection.py",
    "casework/files/intake.py",
    "casework/files/own.py",
    "casework/ownpage/queries.py",
    "casework/ownpage/rules.py",
    "casework/ownpage/words.py",
    "core/uploads.py",
    "referrals/asking.py",
    "staff/remarks/forms.py",
]
# Staff, providers and partner sites read German.
GERMAN_ONLY = (
    "components/templates/components/keys.html", "components/templates/components/staff.html",
    "components/templates/components/signed_out.html",
    "directory/access.py", "directory/editing.py", "directory/errors.py", "directory/findings.py",
    "directory/forms.py", "directory/gaps.py",
    "directory/languages.py", "directory/organisations.py", "directory/prose.py", "portal/embed/forms.py",
    "portal/provider/", "portal/reply/",
    "portal/templates/portal/embed/partners.html", "portal/templates/portal/provider/",
    "portal/templates/portal/reply/", "components/templates/components/referral_",
)  # fmt: skip
# Of modules that are for staff otherwise: the words of these classes stand on a person's own page, too.
CLASSES = {"casework/enums.py": {"LifeDomain"}, "consent/enums.py": {"DataGroup", "Kind"}}
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None, "ngettext": (1, 2),
    "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2),
}  # fmt: skip


def messages(path: Path) -> list[tuple[str | tuple[str, ...], int]]:
    """Return the texts of one file with their lines."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        source = templatize(source)
    found = extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS)
    return [(text, line) for line, text, _comments, _context in found]


def messages_of_classes(path: Path, names: set[str]) -> list[str | tuple[str, ...]]:
    """Return the texts of some classes of a module."""
    source = path.read_text(encoding="utf-8")
    classes = [one for one in ast.parse(source).body if isinstance(one, ast.ClassDef) and one.name in names]
    parts = [ast.get_source_segment(source, one) or "" for one in classes]
    return [row[1] for part in parts for row in extract("python", io.BytesIO(part.encode()), keywords=KEYWORDS)]


def collect() -> Catalog:
    """Return all texts of the portal."""
    catalog = Catalog(charset="utf-8", fuzzy=False)
    for place, names in CLASSES.items():
        for text in messages_of_classes(ROOT / place, names):
            catalog.add(text, locations=[(f"tragnetz/{place}", 0)])
    for pattern in PLACES:
        for path in sorted(ROOT.glob(pattern)):
            if not str(path.relative_to(ROOT)).startswith(GERMAN_ONLY):
                for text, _line in messages(path):
                    catalog.add(text, locations=[(str(path.relative_to(ROOT.parent)), 0)])
    return catalog


def main() -> int:
    """Renew the catalogues; tells how many texts lack a translation. With --check it changes nothing and fails then."""
    settings.configure(USE_I18N=True)
    django.setup()
    template, lacking = collect(), 0
    for folder, language in LANGUAGES.items():
        path = ROOT / "locale" / folder / "LC_MESSAGES" / "django.po"
        known = Catalog(locale=language)
        if path.exists():
            with path.open("rb") as file:
                known = read_po(file, locale=language)
        known.update(template, no_fuzzy_matching=True)
        known.obsolete.clear()
        known.fuzzy = False
        empty = [
            row
            for row in known
            if row.id and (row.fuzzy or not all(row.string if isinstance(row.string, tuple) else [row.string]))
        ]
        lacking += len(empty)
        print(f"{folder}: {len(known)} texts, {len(empty)} without translation")
        if "--check" not in sys.argv:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                write_po(file, known, width=118, omit_header=False, no_location=True, sort_output=True)
    return 1 if lacking and "--check" in sys.argv else 0


if __name__ == "__main__":
    raise SystemExit(main())
