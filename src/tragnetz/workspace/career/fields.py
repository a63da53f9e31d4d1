"""A field for a line of text, with a word of help beside it."""

from typing import Any

from django import forms


def line(label: Any, help_text: Any = "", *, required: Any = "", longest: int = 200) -> forms.CharField:  # noqa: ANN401 -- lazy texts
    """Return a field for a line; `required` is what is told when it is empty."""
    return forms.CharField(
        label=label, help_text=help_text, max_length=longest, required=bool(required),
        error_messages={"required": required} if required else None,
    )  # fmt: skip
