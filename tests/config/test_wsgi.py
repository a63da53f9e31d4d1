"""What a web process has loaded before its first visitor waits for it."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from tests.server import database_url
from tragnetz.directory import meaning

LOADED = """
import sys, threading
import tragnetz.config.wsgi
assert "tragnetz.portal.views" in sys.modules and "tragnetz.workspace.urls" in sys.modules, "pages"
for thread in threading.enumerate():
    if thread.name == "load-encoder":
        thread.join()
from tragnetz.directory.meaning import _loaded
print(_loaded.cache_info().currsize)
"""


def test_a_new_process_has_all_pages_and_soon_the_search(db):
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", LOADED], env=os.environ | {"DATABASE_URL": database_url()},
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (told.stdout.strip(), told.stderr) == ("1", "")


def test_searches_at_once_load_one_encoder():
    meaning._loaded.cache_clear()
    meaning._encoded.cache_clear()

    with ThreadPoolExecutor(4) as threads:
        vectors = list(threads.map(lambda number: meaning.encode([f"Hilfe {number}"]), range(4)))

    assert len(set(vectors)) == 4
    assert meaning._loaded.cache_info().misses == 1
