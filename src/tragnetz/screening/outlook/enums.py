"""Vocabulary of what is foreseen."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ForeseenKind(TextChoices):
    """What becomes of a benefit. All but the last are computed; that one somebody has entered from a notice."""

    NEW = "new", _("neu")
    LOST = "lost", _("fällt weg")
    MORE = "more", _("mehr")
    LESS = "less", _("weniger")
    RENEW = "renew", _("neu beantragen")


class ForeseenState(TextChoices):
    """How far somebody is with it."""

    NEW = "new", _("neu")
    SEEN = "seen", _("gesehen")
    DONE = "done", _("erledigt")
    DISMISSED = "dismissed", _("verworfen")


class DismissReason(TextChoices):
    """Why nothing is done about it."""

    WRONG = "wrong", _("stimmt für diesen Haushalt nicht")
    KNOWN = "known", _("ist schon beantragt oder geklärt")
    UNWANTED = "unwanted", _("die Person möchte das nicht")
    SMALL = "small", _("lohnt den Aufwand nicht")
