"""Prerequisites as three-valued rules: yes, no, or not known yet, with the reasons. Pure Python, no Django.

An unknown fact never counts as "no". docs/city-data.md has the language of the rules and the table of facts.
"""
