"""A call sheet on its way through another form: carried along, and given back with what was changed there.

It travels in the body of forms alone: what is typed about a person never stands in an address.
"""

from collections.abc import Mapping
from typing import Any

from tragnetz.clients.models import Contact
from tragnetz.workspace.desk.forms import CallForm

CARRY, BACK = "carry_sheet", "back_to_sheet"  # the buttons that leave the sheet, and return to it
_PREFIX = "sheet-"
_FIELDS = frozenset(CallForm.base_fields)


def carried(asked: Mapping[str, Any]) -> dict[str, str]:
    """Return the sheet's fields that a form carries on, by the names under which it does; empty without a sheet."""
    if CARRY in asked:
        return {f"{_PREFIX}{name}": str(asked[name]) for name in asked if name in _FIELDS}
    return {name: str(asked[name]) for name in asked if name.removeprefix(_PREFIX) in _FIELDS and name[:6] == _PREFIX}


def sheet_back(asked: Mapping[str, Any]) -> dict[str, str]:
    """Return the sheet as it was, with how the person is reached as the other form has it now."""
    sheet = {name.removeprefix(_PREFIX): value for name, value in carried(asked).items()}
    for name in SHARED:
        sheet.pop(name, None)
        if name in asked:
            sheet[name] = str(asked[name])
    return sheet


def reach_of(contact: Contact) -> dict[str, Any]:
    """Return how somebody is reached whom we know, as the sheet's fields have it."""
    return {
        "contact": str(contact.pk), "name": contact.name, "phone": contact.spoken_phone, "may_call": contact.may_call,
        "may_text": contact.may_text, "may_voicemail": contact.may_voicemail, "safe_note": contact.safe_note,
        "language": contact.language, "interpreter": contact.interpreter, "email": contact.email,
        "may_email": contact.may_email, "postal": contact.address, "may_letter": contact.may_letter,
    }  # fmt: skip


SHARED = (
    "name", "phone", "may_call", "may_text", "may_voicemail", "email", "may_email", "safe_note", "language",
)  # fmt: skip
