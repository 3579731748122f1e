"""What every process of a site that works with its data does first."""

import os

import django


def set_up() -> None:
    """Make files for this user and group alone, and let Django read the settings. Raise ImproperlyConfigured."""
    os.umask(0o027)  # what the data folder holds is for this user, and for a web server in the same group
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pliego.settings")
    django.setup()
