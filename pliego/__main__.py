"""`python -m pliego` is the command line."""

import os
import sys

from pliego.cli import toolbox


def main() -> None:
    """Run the command line. Exit code 1 is an error of the command, 2 a wrong word or setting."""
    if len(sys.argv) > 1 and toolbox.is_tool(sys.argv[1]):
        toolbox.run()
    else:
        _run_with_a_site()


def _run_with_a_site() -> None:
    import django  # noqa: PLC0415 - it takes longer to load than a tool takes to work
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415

    os.umask(0o027)  # what the data folder holds is for this user, and for a web server in the same group
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pliego.settings")
    try:
        django.setup()
    except ImproperlyConfigured as error:
        print(f"error: settings {error}", file=sys.stderr)  # noqa: T201 - the command line is not there yet
        sys.exit(2)
    from pliego.cli.app import run  # noqa: PLC0415 - commands import models, which exist only after setup

    run()


if __name__ == "__main__":
    main()
