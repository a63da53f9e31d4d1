"""The machine interface. Nouns: check (a household in, findings out). Invariant: nothing that is sent is stored."""
