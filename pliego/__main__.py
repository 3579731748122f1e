"""`python -m pliego` is the command line."""

import sys


def main() -> None:
    """Run the command line. Exit code 1 is an error of the command, 2 a wrong word or setting, 130 a Ctrl-C."""
    try:
        _run()
    except KeyboardInterrupt:
        sys.exit(130)


def _run() -> None:
    from pliego.cli import toolbox  # noqa: PLC0415 - Ctrl-C may come while it is being loaded

    if len(sys.argv) > 1 and toolbox.is_tool(sys.argv[1]):
        toolbox.run()
    else:
        _run_with_a_site()


def _run_with_a_site() -> None:
    from pliego.starting import set_up, told_in_a_line  # noqa: PLC0415 - loading Django takes longer than a tool works

    with told_in_a_line():
        set_up()
        from pliego.cli.app import app  # noqa: PLC0415 - commands import models, which exist only after setup

        app()


if __name__ == "__main__":
    main()
