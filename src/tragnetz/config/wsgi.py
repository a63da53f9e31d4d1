"""The web application for the server."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from tragnetz.config.metrics.folder import prepare

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tragnetz.config.settings")
if settings.TRAGNETZ_METRICS_TOKEN:
    prepare(settings.TRAGNETZ_VAR)  # before anything imports prometheus-client
application = get_wsgi_application()
if settings.PRODUCTION:
    from tragnetz.config.checks import refuse_mixed_networks

    refuse_mixed_networks()
