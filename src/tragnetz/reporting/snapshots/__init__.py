"""Figures at a cut-off date: counted from rows that name nobody, checked, and fixed so that they can be shown again.

`rows` says what a participation was on a day, `report` counts it, `commands` fixes it, `verify` proves that nothing
was altered, `changes` says what became known since. The rows are the same whether they are counted live or fixed.
"""
