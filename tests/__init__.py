"""Tests mirror src/tragnetz; journeys, races and benchmarks stand apart. docs/testing.md tells how."""
