"""Messages of the next page, kept in a cookie whose name no other host can set."""

from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage

from tragnetz.core.cookies import host_cookie


class HostCookieStorage(CookieStorage):
    """Django's, under our name."""

    cookie_name = host_cookie("messages")


class MessageStorage(FallbackStorage):
    """The cookie while it suffices, else the session."""

    storage_classes = (HostCookieStorage, SessionStorage)
