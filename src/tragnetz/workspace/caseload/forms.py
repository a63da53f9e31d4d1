"""How many cases the members of a team carry."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tragnetz.casework.caseload.rules import MOST_CASES
from tragnetz.network.models import Membership


class CapacityForm(forms.Form):
    """One number for each member of the team; empty: not agreed."""

    def __init__(self, *args: Any, team: Sequence[Membership], **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        super().__init__(*args, **kwargs)
        self.team = {f"cases_{row.pk.hex}": row.pk for row in team}
        wrong = dict.fromkeys(("invalid", "min_value", "max_value"), _("Bitte eine Zahl von 1 bis 200."))
        for row, name in zip(team, self.team, strict=True):
            self.fields[name] = forms.IntegerField(
                label=row.user.get_full_name(), required=False, min_value=1, max_value=MOST_CASES,
                widget=forms.TextInput(attrs={"inputmode": "numeric"}), error_messages=wrong,
            )  # fmt: skip

    def cases(self) -> dict[uuid.UUID, int | None]:
        """Return the numbers by member."""
        return {membership: self.cleaned_data[name] for name, membership in self.team.items()}
