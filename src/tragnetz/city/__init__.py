"""Reads a city's folder of YAML and CSV files, tells every fault with file, line and field, and loads it.

docs/city-data.md describes the files. Loading twice changes nothing.
"""
