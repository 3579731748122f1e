"""The entry of the web server."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from pliego.starting import told_in_a_line
from pliego.web import resting, stalled

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pliego.settings")
with told_in_a_line():
    application = get_wsgi_application()
stalled.watch(settings.PORT)
resting.watch()
