"""The entry of the web server."""

import multiprocessing
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from pliego.lifeline import end_with
from pliego.starting import told_in_a_line
from pliego.web import resting, stalled

if server := multiprocessing.parent_process():
    end_with(int(server.pid or 0))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pliego.settings")
with told_in_a_line():
    application = get_wsgi_application()
stalled.watch(settings.PORT)
resting.watch()
