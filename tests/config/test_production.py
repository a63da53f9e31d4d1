"""A production installation as browsers see it: headers, cookies, encryption. Run in a process with its settings."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.server import collected, database_url
from tragnetz.vault.sealing import new_key

ROOT = Path(__file__).resolve().parent.parent.parent
# The demo's key, written in another way: its city is what is shown here, and a production refuses the key as printed.
DEMO_KEY = settings.TRAGNETZ_VAULT_KEYS.replace("0=", "1=")
EVERY = {"wrong_host": 400, "listing": 404, "file": 200, "foreign": 403, "led": 302, "trace": 405, "missing": 404}
PAGES = ("start", "form", "search", "missing", "inside")


@pytest.fixture
def answers(committed_herne, tmp_path):
    environment = os.environ | {
        "DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "tragnetz.config.settings", "TRAGNETZ_PRODUCTION": "1",
        "TRAGNETZ_SECRET_KEY": "a long random text that only this test knows, 0123456789",
        "TRAGNETZ_VAULT_KEYS": f"{new_key()},{DEMO_KEY}", "TRAGNETZ_HOSTS": "tragnetz.example",
        "TRAGNETZ_BEHIND_PROXY": "1",
        "TRAGNETZ_VAR": str(tmp_path), "TRAGNETZ_NETWORK": "herne",
        "TRAGNETZ_STATIC": collected(),
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "tests.config.production"], cwd=ROOT, env=environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_production_site_sends_every_header_and_names_its_cookies_so_that_nobody_else_can_set_them(answers):
    for page in PAGES:
        headers = answers[page]["headers"]
        assert headers["strict-transport-security"] == "max-age=31536000; includeSubDomains; preload", page
        assert headers["x-content-type-options"] == "nosniff", page
        assert headers["x-frame-options"] == "DENY", page
        assert headers["referrer-policy"] == "same-origin", page
        assert headers["cross-origin-opener-policy"] == "same-origin", page
        assert headers["cross-origin-resource-policy"] == "same-origin", page
        assert headers["permissions-policy"] == "camera=(), geolocation=(), microphone=()", page
        policy = headers["content-security-policy"]
        assert "unsafe" not in policy, page
        for rule in ("default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
            assert rule in policy, page
    for page in EVERY:
        assert answers[page]["headers"]["strict-transport-security"].startswith("max-age=31536000"), page
        assert answers[page]["headers"]["x-content-type-options"] == "nosniff", page
        assert "frame-ancestors 'none'" in answers[page]["headers"]["content-security-policy"], page
    assert {page: answers[page]["status"] for page in EVERY} == EVERY
    assert answers["form"]["headers"]["cache-control"] == "no-store"
    assert answers["inside"]["status"] == 200
    assert "no-store" in answers["inside"]["headers"]["cache-control"]
    assert answers["work"]["headers"]["location"] == "/de/konto/sicherheit/"  # no work without a second factor

    cookies = answers["form"]["cookies"] | answers["login"]["cookies"]
    assert {"__Host-csrftoken", "__Host-sessionid", "__Host-tragnetz_key", "__Host-device"} <= set(cookies)
    for name, text in cookies.items():
        assert name.startswith("__Host-"), name
        for part in ("Secure", "HttpOnly", "Path=/", "SameSite="):
            assert part in text, name
        assert "Domain" not in text, name
    assert answers["logout"]["headers"]["clear-site-data"] == '"cache", "storage"'

    assert answers["open_page"]["status"] == 301
    assert answers["open_page"]["headers"]["location"].startswith("https://")
    assert (answers["open_api"]["status"], answers["open_feed"]["status"]) == (403, 403)
    assert answers["trace"]["status"] == 405
