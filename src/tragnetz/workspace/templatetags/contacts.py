"""Template tag that leads from wherever a person is shown to how they are reached."""

from django import template

from tragnetz.clients.access import can_change
from tragnetz.clients.models import Contact

register = template.Library()


@register.inclusion_tag("workspace/messages/change_contact.html", takes_context=True)
def change_contact(context: template.RequestContext, contact: Contact | None) -> dict[str, Contact | None]:
    """Link to the page of a contact: `{% change_contact contact %}`; nothing for whoever may not change it."""
    may = contact is not None and can_change(context["request"].actor, contact)
    return {"contact": contact if may else None}
