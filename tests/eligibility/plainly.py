"""Whether a rule holds for a household of which all is known, written without any cleverness: what clever ones are held to."""

from tragnetz.eligibility.rules import OPERATORS, Condition


def holds(rule, household) -> bool:
    if rule is None:
        return True
    if isinstance(rule, Condition):
        return OPERATORS[rule.operator][1](household[rule.fact], rule.value)
    parts = [holds(part, household) for part in rule.rules]
    return {"all": all(parts), "any": any(parts), "not": not parts[0]}[rule.kind]
