"""Invented letters as they come out of a scanner or a phone: on paper, a little askew, with noise and a shadow."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import typst

from tragnetz.printing.pdf import HERE

NOISE_WIDE = 1240  # pixels of the noise on a page, as a scanner of 150 dots an inch has it
_A4 = 297 / 210


@dataclass(frozen=True, slots=True)
class Light:
    """How a page was taken: dots an inch, degrees it is turned, how strong the noise is, and the shadow (0 to 1)."""

    dpi: int
    turned: float = 0
    noise: float = 0
    shadow: float = 0


def page(folder: Path, text: str, light: Light) -> bytes:
    """Return a letter as a picture of one page (PNG)."""
    high = int(NOISE_WIDE * _A4)
    # What darkens a page: noise of each point, and a shadow that grows towards one corner, as from the hand on a phone.
    grain = np.abs(np.random.default_rng(7).normal(0, 255 * light.noise, (high, NOISE_WIDE)))
    slope = np.add.outer(np.linspace(0, 1, high), np.linspace(0, 1, NOISE_WIDE)) / 2 * 255 * light.shadow
    dark = np.clip(grain + slope, 0, 255).astype(np.uint8)
    (folder / "dark.raw").write_bytes(np.dstack([np.zeros_like(dark), dark]).tobytes())
    source = f"""
#set page(paper: "a4", margin: (x: 25mm, y: 27mm), foreground: place(top + left, image(
  read("dark.raw", encoding: none), format: (encoding: "lumaa8", width: {NOISE_WIDE}, height: {high}), width: 210mm,
)))
#set text(font: "Fira Sans", size: 11pt, lang: "de")
#set par(leading: 0.7em)
#rotate({light.turned}deg, read("letter.txt").split("\\n").join(linebreak()))
"""
    (folder / "letter.txt").write_text(text.strip(), encoding="utf-8")
    (folder / "page.typ").write_text(source, encoding="utf-8")
    return bytes(
        typst.compile(folder / "page.typ", root=folder, format="png", ppi=light.dpi, font_paths=[HERE / "fonts"])
    )


def lying(folder: Path, picture: bytes, degrees: int) -> bytes:
    """Return a picture turned by right angles, as phones keep photos that were taken from the side."""
    (folder / "page.png").write_bytes(picture)
    source = (
        "#set page(width: auto, height: auto, margin: 0pt)\n"
        f'#rotate({degrees}deg, reflow: true, image("page.png", width: 210mm))'
    )
    return bytes(typst.compile(source.encode(), root=folder, format="png", ppi=150))


def scan(folder: Path, picture: bytes) -> bytes:
    """Return a picture as the PDF of a scanner: a page with nothing else on it."""
    (folder / "page.png").write_bytes(picture)
    return bytes(
        typst.compile(
            b'#set page(paper: "a4", margin: 0pt)\n#image("page.png", width: 210mm)', root=folder, format="pdf"
        )
    )
