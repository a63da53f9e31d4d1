"""The sentence to say there: made from what sort of help it is, in any language of the portal."""

from django.utils.translation import gettext as _

from tragnetz.core.texts import choose
from tragnetz.directory.models import Service, ServiceKind


def sentence_to_say(service: Service, language: str, *, needs_patience: bool) -> str:
    """Return what to say at the counter in the language in force; the name of a sensitive offer is never said.

    `needs_patience` adds that one speaks little German.
    """
    parts = [_("Guten Tag."), _wish(service, language)]
    if needs_patience:
        parts.append(_("Ich spreche wenig Deutsch."))
    return " ".join([*parts, _("Können Sie mir bitte helfen?")])


def _wish(service: Service, language: str) -> str:
    if service.sensitive:
        return _("Ich möchte mit jemandem allein sprechen.")
    name = {"name": choose(service.name, language).text}
    if service.kind == ServiceKind.BENEFIT:
        return _("Ich möchte einen Antrag stellen: %(name)s.") % name
    if service.contact.get("by_appointment"):
        return _("Ich möchte einen Termin: %(name)s.") % name
    return _("Ich brauche Hilfe: %(name)s.") % name
