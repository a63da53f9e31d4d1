"""What visitors type, for measuring the search."""

WORDS = [
    "Miete nicht zahlen",
    "Stromsperre",
    "Job verloren",
    "Pflege Mutter",
    "kiramı ödeyemiyorum",
    "Antrag Geld Hilfe",
]
