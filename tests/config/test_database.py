"""The embedded server on folders that people have."""

import subprocess
import sys

ASK = """
import sys, psycopg
from pathlib import Path
from tragnetz.config.database import embedded_url
for _ in range(2):  # the second time it runs already
    with psycopg.connect(embedded_url(Path(sys.argv[1]), "tragnetz")) as connection:
        print(connection.execute("SELECT current_database()").fetchone()[0])
"""


def test_it_starts_in_a_folder_with_blanks_and_umlauts(tmp_path):
    asked = subprocess.run(
        [sys.executable, "-c", ASK, str(tmp_path / "Über uns" / "Daten bank")],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (asked.stdout.split(), asked.returncode) == (["tragnetz", "tragnetz"], 0), asked.stderr
