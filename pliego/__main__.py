"""`python -m pliego` is the command line."""

import os
import sys

import django
from django.core.exceptions import ImproperlyConfigured


def main() -> None:
    """Run the command line. Exit code 1 is an error of the command, 2 a wrong word or setting."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pliego.settings")
    try:
        django.setup()
    except ImproperlyConfigured as error:
        sys.exit(f"error: settings {error}")
    from pliego.cli.app import run  # noqa: PLC0415 - commands import models, which exist only after setup

    run()


if __name__ == "__main__":
    main()
