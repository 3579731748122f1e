"""The tools of the toolbox, each as a command: `pliego merge a.pdf b.pdf -o out.pdf`.

They need no site, no database and no network, and load no Django. Arguments, options and help come from what each tool
declares.
"""

import inspect
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Annotated, Any, BinaryIO, Literal

import typer

from pliego.cli import recipes
from pliego.cli.progress import percent_progress
from pliego.errors import BadRequest, NotFound, PliegoError
from pliego.pdf import outside
from pliego.pdf.alone import OwnChild
from pliego.pdf.catalogue import named, operations
from pliego.pdf.errand import Errand
from pliego.pdf.operation import GROUPS, Field, Inputs, Kind, Operation, Output
from pliego.pdf.reader import PrivateParser
from pliego.pdf.refusals import BadPages
from pliego.pdf.report import STEPS, Progress, Report
from pliego.terminal import talk, write

STANDARD = Path("-")
RECIPE = "run"
"""The command for several tools in a row."""
_TYPES: dict[Kind, type] = {Kind.WHOLE: int, Kind.NUMBER: float, Kind.FLAG: bool, Kind.FILE: Path}
_IN_WORDS = {Output.TEXT, Output.MARKDOWN, Output.JSON}
_INPUTS = {
    Inputs.ONE: "A PDF; - is standard input.",
    Inputs.TWO: "Two PDFs.",
    Inputs.SEVERAL: "PDFs, in their order; - is standard input.",
    Inputs.OFFICE: "A text, a table or a presentation.",
    Inputs.IMAGES: "Pictures, in their order; - is standard input.",
}


def add_tools(app: typer.Typer, *names: str) -> None:
    """Offer these tools, all of them unless told, as commands of an app."""
    for name in names or operations():
        told = named(name) if names else operations()[name]
        app.command(name, help=f"{told.summary}\n\n{told.help}", rich_help_panel=f"Tools: {GROUPS[told.group]}")(
            _command(told)
        )


def is_tool(word: str) -> bool:
    """Whether the command line asks for a tool."""
    return word == RECIPE or word in operations()


def run() -> None:
    """Run the tool that the command line names."""
    app = typer.Typer(name="pliego", pretty_exceptions_enable=False, add_completion=False)
    app.callback()(lambda: None)  # or one command alone would not be named
    if sys.argv[1] == RECIPE:
        add_recipes(app)
    else:
        add_tools(app, sys.argv[1])
    app()


def add_recipes(app: typer.Typer) -> None:
    """Offer to use several tools in a row, as a file says."""
    app.command(RECIPE, rich_help_panel="Tools: several in a row")(_run_recipe)


def _command(told: Operation) -> Callable[..., None]:
    """A function with the signature that typer makes the command from."""

    def command(
        files: list[Path] | Path, output: Path, password: list[str], as_json: bool, quiet: bool, **options: Any
    ) -> None:
        inputs = files if isinstance(files, list) else [files]
        _answer([(told, options)], inputs, output, passwords=password, as_json=as_json, quiet=quiet)

    kind = Path if told.most_inputs == 1 else list[Path]
    parameters = [
        _parameter("files", Annotated[kind, typer.Argument(help=_INPUTS[told.inputs], metavar="FILES")]),
        *map(_option, told.fields),
        _parameter("output", Annotated[Path, typer.Option("--output", "-o", help=_output_help(told))], STANDARD),
        _parameter(
            "password", Annotated[list[str], typer.Option(help="Of a protected input; may be told more than once.")], []
        ),
        _parameter("as_json", Annotated[bool, typer.Option("--json", help="Report what was done as JSON.")], False),
        _parameter("quiet", Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")], False),
    ]
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    vars(command)["__signature__"] = inspect.Signature(parameters)
    return command


def _output_help(told: Operation) -> str:
    return f"Where the {told.output} goes; standard output unless told."


def _parameter(name: str, annotation: Any, default: Any = inspect.Parameter.empty) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=default)


def _option(field: Field) -> inspect.Parameter:
    kind: Any = Literal[tuple(field.choices)] if field.kind is Kind.CHOICE else _TYPES.get(field.kind, str)
    words = ". ".join(filter(None, [field.label.rstrip("."), field.help, _choices(field)]))
    bounds: dict[str, Any] = {"min": field.least, "max": field.most} if field.kind in (Kind.WHOLE, Kind.NUMBER) else {}
    name = field.name.replace("_", "-")
    declaration = f"--{name}/--no-{name}" if field.kind is Kind.FLAG else f"--{name}"
    default: Any = inspect.Parameter.empty if field.required else field.default
    if field.kind is Kind.FILE:
        kind, default = Path | None, None
    return _parameter(field.name, Annotated[kind, typer.Option(declaration, help=words, **bounds)], default)


def _choices(field: Field) -> str:
    return "; ".join(f"{value}: {label[:1].lower()}{label[1:]}" for value, label in field.choices.items())


def _run_recipe(
    recipe: Annotated[Path, typer.Argument(help="The recipe, in TOML.", exists=True, dir_okay=False)],
    files: Annotated[list[Path], typer.Argument(help="What the first tool takes; - is standard input.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Where the result goes.")] = STANDARD,
    password: Annotated[
        list[str] | None, typer.Option(help="Of a protected input; may be told more than once.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Report what was done as JSON.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")] = False,
) -> None:
    """Use several tools in a row, as a recipe says."""
    try:
        steps = recipes.read(recipe)
    except PliegoError as error:
        talk(f"error: {error.code} {error}")
        raise typer.Exit(2) from error
    _answer(steps, files, output, passwords=password or [], as_json=as_json, quiet=quiet)


Steps = Sequence[tuple[Operation, dict[str, Any]]]
"""The tools and the options of each, those that are files as paths."""


def _answer(
    steps: Steps, files: Sequence[Path], output: Path, *, passwords: Sequence[str], as_json: bool, quiet: bool
) -> None:
    """Do the work, and say what was done or what was wrong."""
    try:
        reports = _work(steps, files, output, passwords, quiet=quiet)
    except (BadRequest, BadPages, NotFound) as error:
        talk(f"error: {error.code} {error}")
        raise typer.Exit(2) from error
    except PliegoError as error:
        talk(f"error: {error.code} {_sentence(error, files)}")
        raise typer.Exit(1) from error
    if as_json:
        told = [report.to_json(operation) for report, (operation, _) in zip(reports, steps, strict=True)]
        line = json.dumps(told[0] if len(told) == 1 else {"steps": told}, ensure_ascii=False)
        talk(line) if output == STANDARD else write(line)
    elif not quiet:
        for report, (operation, _) in zip(reports, steps, strict=True):
            for sentence in report.sentences(operation):
                talk(sentence)


def _work(steps: Steps, files: Sequence[Path], output: Path, passwords: Sequence[str], *, quiet: bool) -> list[Report]:
    """Each tool on what the one before it has made; what every one of them reports."""
    reports = []
    with ExitStack() as stack:
        inputs = [stack.enter_context(_input(path)) for path in files]
        names = ["standard input" if path == STANDARD else path.name for path in files]
        for number, (told, options) in enumerate(steps):
            further = {field.name: options[field.name] for field in told.fields if field.kind is Kind.FILE}
            further = {name: path for name, path in further.items() if path}
            said = {name: value for name, value in options.items() if name not in further and value is not None}
            errand = Errand.of(told.name, inputs, said, names=names, passwords=passwords, further=further)
            last = number == len(steps) - 1
            target = stack.enter_context(_target(output, [*files, *further.values()], told) if last else _between())
            reports.append(_with_progress(errand, target, quiet=quiet))
            if not last:
                inputs, names = [Path(target.name)], names[:1]
    return reports


def _with_progress(errand: Errand, target: BinaryIO, *, quiet: bool) -> Report:
    with percent_progress(quiet=quiet) as progress:
        task = progress.add_task(errand.operation.name, total=100)

        def tell(said: Progress | None) -> None:
            if said:
                progress.update(task, completed=said.percent, description=STEPS[said.step])
            progress.refresh()

        with PrivateParser() if errand.operation.program else nullcontext(OwnChild()) as reader:
            return outside.run(reader, errand, target.fileno(), tell)


def _sentence(error: PliegoError, files: Sequence[Path]) -> str:
    number = error.params.get("input", -1)
    return f"{files[number]}: {error}" if len(files) > 1 and 0 <= number < len(files) else str(error)


@contextmanager
def _input(path: Path) -> Iterator[Path]:
    """A file that can be read anywhere in it: what comes by standard input is kept for as long as it is used."""
    if path != STANDARD:
        if not path.is_file():
            raise typer.BadParameter(f"There is no file {path}.")
        yield path
        return
    with tempfile.NamedTemporaryFile(prefix="pliego-") as kept:
        shutil.copyfileobj(sys.stdin.buffer, kept)
        kept.flush()
        yield Path(kept.name)


@contextmanager
def _target(output: Path, inputs: Sequence[Path], told: Operation) -> Iterator[BinaryIO]:
    """A new file that takes the place of ``output`` when all went well; an input is never written over."""
    if output == STANDARD:
        with _standard_output(told) as file:
            yield file
        return
    if any(output.exists() and path != STANDARD and output.samefile(path) for path in inputs):
        raise typer.BadParameter("The result would take the place of an input. Choose another name with -o.")
    if not output.parent.is_dir():
        raise typer.BadParameter(f"There is no folder {output.parent}.")
    with tempfile.NamedTemporaryFile(dir=output.parent, prefix=".pliego-", delete=False) as made:
        try:
            yield made  # type: ignore[misc]
            made.flush()
            Path(made.name).chmod(0o666 & ~_umask())
            Path(made.name).replace(output)
        finally:
            with suppress(FileNotFoundError):
                Path(made.name).unlink()


@contextmanager
def _between() -> Iterator[BinaryIO]:
    """A file from one tool to the next."""
    with tempfile.NamedTemporaryFile(prefix="pliego-") as made:
        yield made  # type: ignore[misc]


@contextmanager
def _standard_output(told: Operation) -> Iterator[BinaryIO]:
    if sys.stdout.isatty() and told.output not in _IN_WORDS:
        raise typer.BadParameter("Say with -o where the result is to go.")
    with tempfile.TemporaryFile() as made:
        yield made
        made.seek(0)
        shutil.copyfileobj(made, sys.stdout.buffer)
        sys.stdout.buffer.flush()


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
