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
            copy.write_bytes(_with_key(file, folder.name))
    return True


def still_invented(folder: Path) -> list[str]:
    """Return the files of a city's folder that nobody has filled in since they were copied, by name."""
    template = shipped(TEMPLATE)
    if template is None or folder.name == TEMPLATE:
        return []
    copies = [file.relative_to(template) for file in sorted(template.rglob("*")) if file.is_file()]
    return [
        str(name)
        for name in copies
        if (folder / name).is_file() and (folder / name).read_bytes() == _with_key(template / name, folder.name)
    ]


def _with_key(file: Path, key: str) -> bytes:
    """Return a file of the invented city as a new one gets it: the city's own key in it, all else as it is."""
    found = file.read_bytes()
    return found.replace(f"id: {TEMPLATE}".encode(), f"id: {key}".encode(), 1) if file.name == "city.yaml" else found
