"""The web application for the server."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tragnetz.config.settings")
application = get_wsgi_application()
if settings.PRODUCTION:
    from tragnetz.config.checks import refuse_mixed_networks

    refuse_mixed_networks()
