"""What a wheel holds besides the package: compiled translations, the cities that come along, the law's locked versions.

The same commit gives the same bytes, wherever and whenever it is built: hatchling takes all times from
SOURCE_DATE_EPOCH, or a fixed day without it, and nothing here asks a clock.
"""

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NO_DAY = datetime(2026, 1, 1, tzinfo=UTC)  # a catalogue that names no day of its own would get the minute of the build


class CustomBuildHook(BuildHookInterface):
    """Adds what git does not keep, or keeps beside `src/`, to a wheel; a checkout has it all in its own places."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the additional files of a standard wheel."""
        if self.target_name != "wheel" or version == "editable":
            return
        root = Path(self.root)
        taken = build_data["force_include"]
        taken[str(root / "cities")] = "tragnetz/cities"
        taken[str(root / "requirements" / "law.txt")] = "tragnetz/benefits/engine/law.txt"
        self.compiled = tempfile.TemporaryDirectory()
        for source in sorted((root / "src" / "tragnetz" / "locale").glob("*/LC_MESSAGES/django.po")):
            language = source.parent.parent.name
            target = Path(self.compiled.name) / f"{language}.mo"
            with source.open("rb") as read, target.open("wb") as out:
                catalogue = read_po(read)
                catalogue.creation_date = NO_DAY
                write_mo(out, catalogue)
            taken[str(target)] = f"tragnetz/locale/{language}/LC_MESSAGES/django.mo"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002 -- hatchling's interface
        """Remove the compiled translations: they are in the wheel."""
        if hasattr(self, "compiled"):
            self.compiled.cleanup()
