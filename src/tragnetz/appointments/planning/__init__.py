"""Who works when, and what a change of it breaks. Every change is a value first: seen through, then carried out whole.

`rules` decides on plans, `changes` names what can be changed, `conflicts` finds what does not fit together.
"""
