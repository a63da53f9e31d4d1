"""Where things lie: known without Django, so that the command line can say so before it starts a database."""

import os
from pathlib import Path

from tragnetz.city.shipped import shipped

PACKAGE = Path(__file__).resolve().parent.parent
CHECKOUT = PACKAGE.parent.parent


def is_checkout() -> bool:
    """Whether the program runs from a clone of the project, not from an installed wheel."""
    return (CHECKOUT / "pyproject.toml").is_file() and (CHECKOUT / "src" / PACKAGE.name) == PACKAGE


def var_folder() -> Path:
    """Return the folder of all that the program writes: TRAGNETZ_VAR, else `var` in the clone or in this folder."""
    return _named("VAR") or (CHECKOUT if is_checkout() else Path.cwd()) / "var"


def law_folder() -> Path:
    """Return the folder of the compiled law: TRAGNETZ_LAW, else below var. It is only read by web and worker."""
    return _named("LAW") or var_folder() / "law"


def static_folder() -> Path:
    """Return the folder of the collected styles and fonts: TRAGNETZ_STATIC, else below var. It is only read."""
    return _named("STATIC") or var_folder() / "static"


def handbook_folder() -> Path:
    """Return the folder of the handbook that staff read as help: in a clone the written one, else the package's."""
    return (CHECKOUT if is_checkout() else PACKAGE) / "docs" / "handbook"


def city_folder(name: str) -> Path:
    """Return the folder of a city: the one so named or, if there is none, the city that comes along under that name."""
    own = Path(name)
    if own.is_dir():
        return own
    found = shipped(own.name) if own.parent.name in {"", "cities"} else None
    return found or own


def _named(variable: str) -> Path | None:
    value = os.environ.get(f"TRAGNETZ_{variable}", "")
    return Path(value) if value else None
