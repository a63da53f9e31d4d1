"""What a program that reads pictures gets wrong in official letters, mended where the mistake is certain.

Pure. A letter's dates decide its deadline: a point that was not seen is put back only where day, month and year are
plain; a digit that was read wrongly cannot be known, which is why a person compares each date with the paper.
"""

import re

_LAWS = r"(?:SGB|BGB|ZPO|SGG|VwGO|VwVfG|AO|EStG|StromGVV|GasGVV|EnWG|WoGG|BKGG|KSchG)"
_YEAR = r"(?P<y>20[1-4]\d)"
_MONTH = r"(?P<m>0[1-9]|1[0-2])"
_DAY = r"(?P<d>0[1-9]|[12]\d|3[01])"
_MENDS: tuple[tuple[re.Pattern[str], str], ...] = (
    # 3112.2026, 20.11 2026, 18:11.2026: one of two points is there.
    (re.compile(rf"(?<![\d./]){_DAY}(?:[.,:] ?)?{_MONTH}[.,] ?{_YEAR}(?!\d)"), r"\g<d>.\g<m>.\g<y>"),
    (re.compile(rf"(?<![\d./]){_DAY}[.,:] ?{_MONTH} ?{_YEAR}(?!\d)"), r"\g<d>.\g<m>.\g<y>"),
    # 23112026 stands where only a date can: a number of eight digits is none elsewhere.
    (
        re.compile(rf"(?P<b>(?:[Dd]atum:?|, (?:den )?|\bbis(?: zum)?|\bzum|\bam|\bvom) *){_DAY}{_MONTH}{_YEAR}(?!\d)"),
        r"\g<b>\g<d>.\g<m>.\g<y>",
    ),
    (re.compile(r"(?<=\d)\. ?\. ?(?=[A-ZÄ])"), ". "),  # 4..Dezember
    (re.compile(rf"(?<![\w§])(?:§|[8$5]{{1,2}}|S) (?=\d+[a-z]?\b[^.;§]{{0,40}}?\b{_LAWS}\b)"), "§ "),
    (re.compile(r"\bSGB\s+(?:\||l|1|N)(?=[\s).,;]|$)"), "SGB I"),
    (re.compile(r"\bSGB\s+(?:Il|lI|ll|\|\|)(?=[\s).,;]|$)"), "SGB II"),
    (re.compile(r"\bSGB\s+(?:IN|IIl|Ill|lll|I\|\|)(?=[\s).,;]|$)"), "SGB III"),
    (re.compile(r"(?<=\d)/ /(?=\d)"), "//"),  # numbers of a Jobcenter
    # A sentence that goes on behind a wide gap between lines; looked for once a gap, not at each of its lines.
    (re.compile(r"(?<!\s)[^\S\n]*\n\s*\n(?=[a-zäöüß0-9])"), "\n"),
)


def mended(text: str) -> str:
    """Return the text of a picture with what was certainly misread put right."""
    for pattern, right in _MENDS:
        text = pattern.sub(right, text)
    return text
