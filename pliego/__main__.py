"""`python -m pliego` is the command line."""

import sys

from pliego.cli import toolbox


def main() -> None:
    """Run the command line. Exit code 1 is an error of the command, 2 a wrong word or setting."""
    if len(sys.argv) > 1 and toolbox.is_tool(sys.argv[1]):
        toolbox.run()
    else:
        _run_with_a_site()


def _run_with_a_site() -> None:
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415

    from pliego.starting import set_up  # noqa: PLC0415 - Django takes longer to load than a tool takes to work

    try:
        set_up()
    except ImproperlyConfigured as error:
        print(f"error: settings {error}", file=sys.stderr)  # noqa: T201 - the command line is not there yet
        sys.exit(2)
    from pliego.cli.app import run  # noqa: PLC0415 - commands import models, which exist only after setup

    run()


if __name__ == "__main__":
    main()
