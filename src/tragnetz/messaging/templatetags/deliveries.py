"""Template tag that shows staff what became of the messages about one thing."""

import uuid

from django import template

from tragnetz.messaging.queries import Delivery, messages_of

register = template.Library()


@register.inclusion_tag("components/deliveries.html")
def deliveries(kind: str, pk: uuid.UUID) -> dict[str, list[Delivery]]:
    """Show the messages about a thing: `{% deliveries "booking" booking.pk %}`. Nothing if there are none."""
    return {"found": messages_of(f"{kind}:{pk}:")}
