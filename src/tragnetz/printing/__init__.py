"""Printed pages: data and a typst template become an accessible PDF (PDF/UA-1). Knows no model and no request.

Nouns: template (a `.typ` file here), data (plain values). Invariant: text of a person is data, never mark-up.
"""
