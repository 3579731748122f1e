"""`python -m bench [NAME ...]`: run every benchmark of this folder, or those named, and tell what was measured."""

import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

from rich.console import Console
from rich.table import Table

from bench.measurement import Measurement


def benchmarks() -> dict[str, ModuleType]:
    """The modules of this folder that measure something, by name."""
    names = sorted(module.name for module in iter_modules([str(Path(__file__).parent)]) if module.name != "__main__")
    modules = {name: import_module(f"bench.{name}") for name in names}
    return {name: module for name, module in modules.items() if hasattr(module, "measure")}


def run(name: str, module: ModuleType, talk: Console) -> list[Measurement]:
    """Run one benchmark and print each measurement as it comes."""
    found = []
    with talk.status(f"{name} ..."):
        for measurement in module.measure():
            print(f"{name}: {measurement.line()}", flush=True)
            found.append(measurement)
    return found


def tell(results: dict[str, list[Measurement]], out: Console) -> None:
    """Print everything once more as a table."""
    table = Table("", "what", "measured", "reference", "ratio", "aim", "", box=None)
    for name, found in results.items():
        for measurement in found:
            table.add_row(name, *measurement.cells(), style="" if measurement.met else "bold")
    out.print(table)
    missed = sum(not each.met for found in results.values() for each in found)
    out.print("Every aim is met." if not missed else f"{missed} aims are missed.")


def main(names: Sequence[str]) -> int:
    """Run the named benchmarks, all of them without a name."""
    known = benchmarks()
    unknown = set(names) - set(known)
    if unknown:
        print(f"No such benchmark: {', '.join(sorted(unknown))}. There are: {', '.join(known)}.", file=sys.stderr)
        return 2
    talk = Console(stderr=True)
    results = {name: run(name, known[name], talk) for name in names or known}
    tell(results, Console(width=None if sys.stdout.isatty() else 200))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
