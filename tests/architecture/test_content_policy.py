"""No page of any role holds script, style or a handler of its own, and each answer carries the strict policy."""

import re

import pytest
from django.test import Client

from tests.architecture.test_matrix import ACCOUNT, MATRIX, PERSONAS, WORK
from tests.personas import client_of

RULES = ("default-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'self'")
INLINE = {
    "script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/ld\+json\")[^>]*>", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "style attribute": re.compile(r"<[a-z][^<>]*\sstyle\s*=", re.IGNORECASE),
    "handler": re.compile(r"<[a-z][^<>]*\son[a-z]+\s*=", re.IGNORECASE),
    "script address": re.compile(r"(?:href|src|action)\s*=\s*[\"']?\s*(?:javascript|data:text)", re.IGNORECASE),
    "htmx expression": re.compile(r"\shx-(?:on|vals=['\"]js:|headers=['\"]js:)", re.IGNORECASE),
    "foreign file": re.compile(
        r"<(?:script|link|img|iframe|video|audio|source)[^>]*(?:src|href)=[\"']https?://(?!testserver/)"
    ),
}
CHARSET = ("text/", "application/xml", "application/atom+xml")


def answers_of_visitors(visited):
    return [(name, answer) for name, answer in visited("de").items() if MATRIX[name][2] == 200]


def answers_of_staff(walked):
    """Each page once, as the first persona who may open it."""
    for name, (method, _path, statuses) in WORK.items():
        if method == "get" and 200 in statuses:
            yield name, walked(PERSONAS[statuses.index(200)]).pages[name]
    administration = client_of("admin")
    for name, path in ACCOUNT.items():
        if name != "account_logout":
            yield name, administration.get(f"/de/{path}")


def faults_of(name, response) -> list[str]:
    kind = response.headers.get("Content-Type", "")
    policy = response.headers.get("Content-Security-Policy", "")
    framed, file = name.startswith("portal:frame_"), name == "workspace:file_content"
    found = [] if file else [f"{name}: policy lacks {rule}" for rule in RULES if rule not in policy]
    if "unsafe" in policy or ("frame-ancestors 'none'" not in policy and not framed and not file):
        found.append(f"{name}: policy {policy}")
    if kind.startswith("text/html") and response.status_code == 200:
        html = response.content.decode()
        found += [
            f"{name}: {what} {match.group(0)[:120]}" for what, rule in INLINE.items() if (match := rule.search(html))
        ]
    return found


def test_no_public_page_holds_anything_inline_and_all_carry_the_policy(visited):
    seen = answers_of_visitors(visited)

    assert len(seen) > 50
    assert [fault for name, response in seen for fault in faults_of(name, response)] == []


def test_no_staff_page_holds_anything_inline_and_all_carry_the_policy(walked, herne):
    seen = list(answers_of_staff(walked))

    assert len(seen) > 100
    assert [fault for name, response in seen for fault in faults_of(name, response)] == []


def test_no_page_that_everybody_may_keep_holds_what_is_one_visitors(herne):
    """A token in it would be everybody's: the cookie that belongs to it is set after the page was put into the cache."""
    paths = [path for method, path, status in MATRIX.values() if (method, status) == ("get", 200)]
    seen = {path: Client().get(path if path.startswith("/") else f"/de/{path}") for path in paths}
    kept = {path: one for path, one in seen.items() if "public" in one.headers.get("Cache-Control", "")}

    assert len(kept) > 15
    assert [path for path, one in kept.items() if b"csrfmiddlewaretoken" in one.getvalue() or one.cookies] == []


def test_every_answer_names_type_and_charset(visited, walked, herne):
    seen = [*answers_of_visitors(visited), *answers_of_staff(walked)]

    kinds = {
        name: response.headers.get("Content-Type", "")
        for name, response in seen
        if getattr(response, "streaming", False) or response.content
    }
    assert [name for name, kind in kinds.items() if not kind] == []
    assert {n: k for n, k in kinds.items() if k.startswith(CHARSET) and "charset=utf-8" not in k.lower()} == {}
    assert [name for name, response in seen if response.headers["X-Content-Type-Options"] != "nosniff"] == []


@pytest.mark.parametrize(
    ("html", "what"),
    [
        ("<script>x</script>", "script"),
        ('<p style="x">', "style attribute"),
        ("<b onclick='x'>", "handler"),
        ("<a href='javascript:x'>", "script address"),
        ('<script src="https://cdn.example/x.js"></script>', "foreign file"),
    ],
)
def test_the_search_finds_what_it_is_for(html, what):
    """The negative control: each rule finds its own, and none a clean page."""
    clean = '<script src="/static/a.js"></script><script type="application/ld+json">{}</script><p class="x">on = 1</p>'

    assert INLINE[what].search(html)
    assert not any(rule.search(clean) for rule in INLINE.values())
