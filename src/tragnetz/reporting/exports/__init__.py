"""Figures and rows as files: for the funder, for the yearly report. No name and no date of birth is in any of them."""
