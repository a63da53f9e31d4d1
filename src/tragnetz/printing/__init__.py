"""Printed pages and pictures: data and a typst template become an accessible PDF (PDF/UA-1), figures become shapes.

Knows no model and no request. Nouns: template (a `.typ` file here), data (plain values), picture (`charts`).
Invariant: text of a person is data, never mark-up.
"""
