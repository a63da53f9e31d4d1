"""Split the fonts of the pages into parts by what languages write, so that a phone loads only what a page shows.

    python tools/split_fonts.py FOLDER-OF-WHOLE-FONTS

The whole fonts are those of the design system (FiraSans-Regular.woff2, FiraSans-SemiBold.woff2) and
noto-sans-arabic-400.woff2 and -600.woff2. `pyftsubset` does the work: fonttools with brotli, in an environment of its
own. Parts go to `components/static/vendor/fonts`; the rules for `tragnetz.css` are printed. No sign is in two parts: a
browser would load both.
"""

import subprocess
import sys
from pathlib import Path
from shutil import which

FONTS = Path(__file__).resolve().parent.parent / "src" / "tragnetz" / "components" / "static" / "vendor" / "fonts"
# German, English and what all languages share; the letters of Turkish, Romanian and Polish; all other Latin ones.
LATIN = "U+0020-007E, U+00A0-00FF, U+2010-2015, U+2018-201E, U+2020-2022, U+2026, U+2030, U+2039-203A, U+20AC, U+2122, U+2190-2193, U+2212, U+2248, U+2264-2265"  # noqa: E501 -- one line of the style sheet
LATIN_EXT = "U+0100-017F, U+0218-021B"
LATIN_MORE = "U+0180-0217, U+021C-024F, U+1E00-1EFF, U+2007-2008, U+203F, U+2044, U+204A, U+20AF-20BF"
CYRILLIC, CYRILLIC_MORE = "U+0400-045F, U+0490-0491", "U+0460-048F, U+0492-052F"
ARABIC = "U+060C, U+061B, U+061F, U+0621-063A, U+0640-0655, U+0660-066C, U+0670-0671, U+067E, U+0686, U+0698, U+06A4, U+06A9, U+06AF, U+06CC, U+06F0-06F9"  # noqa: E501 -- one line of the style sheet
ARABIC_MORE = "U+0600-060B, U+060D-061A, U+061C-061E, U+0620, U+063B-063F, U+0656-065F, U+066D-066F, U+0672-067D, U+067F-0685, U+0687-0697, U+0699-06A3, U+06A5-06A8, U+06AA-06AE, U+06B0-06CB, U+06CD-06EF, U+06FA-06FF, U+0750-077F, U+FB50-FDFF, U+FE70-FEFF"  # noqa: E501 -- one line of the style sheet
WHOLE = [
    ("Fira Sans", "FiraSans-Regular", "400"),
    ("Fira Sans", "FiraSans-SemiBold", "500 700"),
    ("Noto Sans Arabic", "noto-sans-arabic-400", "400"),
    ("Noto Sans Arabic", "noto-sans-arabic-600", "500 700"),
]
PARTS = {
    "Fira Sans": {
        "latin": LATIN, "latin-ext": LATIN_EXT, "latin-more": LATIN_MORE,
        "cyrillic": CYRILLIC, "cyrillic-more": CYRILLIC_MORE,
    },
    "Noto Sans Arabic": {"arabic": ARABIC, "arabic-more": ARABIC_MORE},
}  # fmt: skip
# Between Arabic letters: spaces, joiners, what carries a vowel alone. They are in the part, but no reason to load it.
BESIDE_ARABIC = "U+0020, U+00A0, U+200C-200F, U+25CC"


def main() -> None:
    """Write the parts and print their rules."""
    folder = Path(sys.argv[1])
    for family, name, weight in WHOLE:
        for part, signs in PARTS[family].items():
            target = FONTS / f"{name}-{part}.woff2"
            wanted = f"{signs}, {BESIDE_ARABIC}" if family == "Noto Sans Arabic" else signs
            options = ["--layout-features+=tnum", "--flavor=woff2", "--ignore-missing-unicodes"]
            command = [which("pyftsubset") or "", folder / f"{name}.woff2", f"--unicodes={wanted.replace(' ', '')}"]
            subprocess.run([*command, f"--output-file={target}", *options], check=True)
            print(
                f'@font-face {{ font-family: "{family}"; src: url("vendor/fonts/{target.name}") format("woff2"); '
                f"font-weight: {weight}; font-display: swap; unicode-range: {signs}; }}"
            )


if __name__ == "__main__":
    main()
