"""The cities and catalogues that come along with the program: in a clone beside it, in a wheel inside of it."""

import re
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
TEMPLATE = "auental"  # a small invented city with all files, to be copied


def shipped(name: str) -> Path | None:
    """Return the folder of that name (`herne`, `catalogue/nrw`) that comes along; nothing when there is none."""
    for cities in (_PACKAGE / "cities", _PACKAGE.parent.parent / "cities"):
        if (cities / name).is_dir():
            return cities / name
    return None


def begin_city(folder: Path) -> bool:
    """Write the files of a new city, copied from the invented one, into a folder that is named like its key.

    Returns whether it was done: not when the folder is there already, or its name is no key.
    """
    template = shipped(TEMPLATE)
    if template is None or folder.exists() or re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", folder.name) is None:
        return False
    folder.mkdir(parents=True)
    for file in sorted(template.rglob("*")):
        if file.is_file():
            copy = folder / file.relative_to(template)
            copy.parent.mkdir(exist_ok=True)
            copy.write_bytes(file.read_bytes())
    city = folder / "city.yaml"
    city.write_text(
        city.read_text(encoding="utf-8").replace(f"id: {TEMPLATE}", f"id: {folder.name}", 1), encoding="utf-8"
    )
    return True
