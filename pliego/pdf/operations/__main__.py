"""Write down what the tools declare: `python -m pliego.pdf.operations`, which `make tools` runs."""

import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from pkgutil import iter_modules

from pliego.pdf.catalogue import WRITTEN
from pliego.pdf.operation import GROUPS, Field, Group, Inputs, Kind, Operation, Output, declared
from pliego.pdf.work import function_of

ORDER = list(Group)
OFTEN = (
    "merge",
    "organise",
    "split",
    "extract",
    "rotate",
    "reorder",
    "remove",
    "images",
    "pictures",
    "text",
    "protect",
    "unlock",
    "watermark",
    "number",
    "fill",
    "sign",
)
"""What most people come for stands first on its shelf."""
PAGE = Path(__file__).parents[3] / "docs/use/tools.md"
_FILES = {Inputs.ONE: "FILE", Inputs.OFFICE: "FILE", Inputs.TWO: "FILE FILE"}
_INTRODUCTION = """\
# Tools

<!-- Made by `make tools` from what the tools declare in pliego/pdf/operations. -->

Each tool is a command, and needs no site, no database and no network:

    pliego merge a.pdf b.pdf -o out.pdf
    pliego rotate --turn 90 --pages 1-3 in.pdf -o out.pdf
    cat in.pdf | pliego extract - --pages odd > out.pdf

`-` is standard input or output. An input is never changed or written over. Files are opened in a confined child process
only. Exit codes: 0 all went well, 1 the tool could not do it, 2 a wrong word or option.

**Pages** are written like this: `1-3,7` `odd` `even` `last` `5-` (to the end) `-2` (the first two) `last-1` (all,
backwards).

These options are the same for every tool:

| Option | Meaning |
|---|---|
| `--output`, `-o` | Where the result goes. Standard output unless told. |
| `--password` | The password of a protected input; may be told more than once. |
| `--json` | Report what was done as one JSON object. |
| `--quiet`, `-q` | Say nothing but errors. There is no progress bar without a terminal either. |
"""


def declarations() -> list[Operation]:
    """Every tool in this folder, by shelf: those that are used often, then the others by name."""
    names = [module.name for module in iter_modules([str(Path(__file__).parent)]) if module.name != "__main__"]
    found = [declared(function_of(name)) for name in names]
    return sorted(found, key=_place)


def _place(told: Operation) -> tuple[int, int, str]:
    often = OFTEN.index(told.name) if told.name in OFTEN else len(OFTEN)
    return ORDER.index(told.group), often, told.name


def written() -> str:
    """The text of operations.json."""
    return json.dumps([operation.to_json() for operation in declarations()], ensure_ascii=False, indent=1) + "\n"


def page() -> str:
    """The page of the documentation."""
    shelves = groupby(declarations(), key=lambda operation: operation.group)
    return "\n".join([_INTRODUCTION, *(part for group, told in shelves for part in _shelf(group, told))])


def _shelf(group: Group, told: Iterator[Operation]) -> Iterator[str]:
    yield f"# {GROUPS[group]}\n"
    for operation in told:
        yield f"## pliego {operation.name}\n\n{operation.summary} {operation.help}\n"
        ending = {Output.ZIP: "out.zip"}.get(operation.output, f"out.{operation.output}")
        yield f"    pliego {operation.name} [OPTIONS] {_FILES.get(operation.inputs, 'FILES...')} -o {ending}\n"
        if operation.fields:
            rows = [f"| `--{field.name.replace('_', '-')}` | {_meaning(field)} |" for field in operation.fields]
            yield "\n".join(["| Option | Meaning |", "|---|---|", *rows]) + "\n"


def _meaning(field: Field) -> str:
    words = [f"{field.label.rstrip('.')}."]
    if field.help:
        words.append(field.help)
    if field.choices:
        words.append(" · ".join(f"`{value}`: {label}" for value, label in field.choices.items()) + ".")
    if field.least is not None:
        words.append(f"From {field.least:g} to {field.most:g}{f' {field.unit}' if field.unit else ''}.")
    for name, values in field.only.items():
        words.append(f"Only with `--{name}` {' or '.join(f'`{value}`' for value in values)}.")
    if field.required:
        words.append("Has to be told.")
    elif field.kind is Kind.FLAG:
        words.append(f"`--no-{field.name.replace('_', '-')}` for not." if field.default else "Off unless told.")
    elif field.default != "":
        words.append(f"Default `{field.default}`.")
    return " ".join(words).replace("|", "\\|")


def main() -> None:
    """Write both files."""
    WRITTEN.write_text(written(), encoding="utf-8")
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
