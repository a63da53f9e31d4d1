"""Reads the forms of a page as a browser does, and fills them in as nobody of good will would."""

import random
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

from django.core.files.uploadedfile import SimpleUploadedFile

NOBODY = "00000000-0000-0000-0000-000000000000"
MARK = "<fz\"'><img src=x onerror=fz>"  # comes back escaped, or not at all
HOSTILE = (
    "", " ", MARK, "\x00", "a\x00b", "\u202eabc\u202d", "👩‍👩‍👧‍👦" * 40, "שלום العالم", "Ａ", "\ufeff", "\u2028", "\x1b[31m",
    "0", "-1", "1e309", "NaN", "٣٤", "9" * 50, "-" + "9" * 30, "1.5", "1,5", "0x10", "²",
    "0001-01-01", "9999-12-31", "2026-02-30", "0000-00-00", "10000-01-01", "2026-11-29T25:61", "24:00", "99:99", "2026-W60",
    NOBODY, "not-a-uuid", NOBODY.replace("-", ""), "../../etc/passwd", "'; DROP TABLE x; --", "{{ 7*7 }}", "%s%n%(x)s", "${x}",
    "javascript:alert(1)", "//fz.example", "a\r\nSet-Cookie: fz=1", "[]", "{}", "null", "true", "on", "all", "\\", "\\u0000",
    "ß" * 3000, "x" * 100_000, "=cmd|' /C calc'!A0", "alice@example.org", "fz@@", "+49 170 1234567", "0170 1234567", "K7M4-9XQ2-PD3A",
)  # fmt: skip


@dataclass(slots=True)
class Form:
    """A form of a page: where it goes, how, and its fields with the values and choices that the page offers."""

    page: str
    action: str
    method: str
    fields: list[tuple[str, str, str]] = field(default_factory=list)  # name, kind, value
    choices: dict[str, list[str]] = field(default_factory=dict)


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.page, self.forms, self.now, self.select, self.elsewhere = page, [], None, "", []

    def handle_starttag(self, tag, attrs):
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            method = found.get("method", "get").lower()
            self.now = Form(self.page, found.get("action") or self.page, method)
            self.forms.append(self.now)
        elif self.now is None:
            return
        elif tag == "option" and self.select:
            self.now.choices.setdefault(self.select, []).append(found.get("value", ""))
        elif tag in {"input", "textarea", "select", "button"} and (found.get("name") or found.get("formaction")):
            kind = found.get("type", tag)
            self.elsewhere += [found["formaction"]] if found.get("formaction") else []
            if not found.get("name"):
                return
            self.now.fields.append((found["name"], kind, found.get("value", "")))
            if tag == "select":
                self.select = found["name"]
            if kind in {"radio", "checkbox"}:
                self.now.choices.setdefault(found["name"], []).append(found.get("value", "on"))

    def handle_endtag(self, tag):
        if tag == "form" and self.now is not None:  # a button may send the same to another address
            self.forms += [replace(self.now, action=action) for action in dict.fromkeys(self.elsewhere)]
            self.now, self.elsewhere = None, []
        elif tag == "select":
            self.select = ""


def forms_of(page: str, html: str) -> list[Form]:
    """Return the forms of a page; those that lead away are left out."""
    reader = _Reader(page)
    reader.feed(html)
    return [form for form in reader.forms if form.action.startswith("/")]


def filled(form: Form, dice: random.Random, foreign: list[str]) -> dict[str, object]:
    """Return what to send: most of it as the page offers it, the rest hostile, of another kind, missing, or too often."""
    sent: dict[str, object] = {}
    pressed = dice.choice([name for name, kind, _ in form.fields if kind in {"button", "submit"}] or [""])
    mood = dice.choice((0.05, 0.25, 0.8))  # how hostile this one is
    for name, kind, value in form.fields:
        if name == "csrfmiddlewaretoken" or (kind in {"button", "submit"} and name != pressed):
            continue
        if dice.random() < mood * 0.3:
            continue
        if kind == "file":
            content = dice.choice(
                (b"", b"%PDF-1.4 fz", b"\x89PNG\r\n\x1a\n", b"MZ\x90", MARK.encode(), b"\xff\xd8\xff" + b"x" * 5000)
            )
            sent[name] = SimpleUploadedFile(dice.choice(("a.pdf", "../x.svg", "a\x00.png", "x" * 300)), content)
            continue
        known = form.choices.get(name, [])
        if dice.random() < mood:
            one: object = dice.choice(foreign) if foreign and dice.random() < 0.2 else dice.choice(HOSTILE)
        elif known:
            one = dice.choice(known)
        elif value or kind == "hidden":
            one = value
        else:
            one = dice.choice(("Text", "12", "2026-12-01", "10:00", "Hauptstr. 5", "Rosa", "0170 1234567", ""))
        sent[name] = [one, dice.choice(HOSTILE)] if dice.random() < mood * 0.1 else one
    if dice.random() < mood * 0.3:
        sent[dice.choice(("id", "pk", "network", "is_staff", "state", "version", "__proto__"))] = dice.choice(HOSTILE)
    return sent
