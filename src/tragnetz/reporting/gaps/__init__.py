"""Gaps of a city's help: what people looked for in vain, where partners had no place, what takes long or ends soon.

Nouns: refusal (a partner did not take somebody, with a coded reason), want (asks, offers and refusals side by side).
Only what the help lacks is a gap: that a person was not reached or did not want to go is none.
"""
