"""Funding lines as data: which questions a funder asks, when, and which indicators come of the answers. No Django here.

Nouns: Line, Question, Indicator, Condition. Each file here is one line; a project names its line in the city's
programmes.yaml (docs/reporting.md).
"""
