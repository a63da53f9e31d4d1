"""Load and failure on real processes: `make load` and `make chaos`. Not tests; docs/operations/figures.md keeps what they found."""
