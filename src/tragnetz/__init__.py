"""Tragnetz: software for a city's joint counselling network. docs/structure.md tells the floors."""
