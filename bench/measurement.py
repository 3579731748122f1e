"""What a benchmark finds, and how to time two things side by side on a machine that has other work too."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Measurement:
    """One figure held against its aim. With a reference the aim is for the ratio, without one for the value itself."""

    what: str
    value: float
    unit: str
    aim: float
    reference: str = ""
    """What it is compared with, measured in the same run and unit."""
    reference_value: float = 0.0
    at_least: bool = False
    """The aim is a floor; otherwise a ceiling."""

    @property
    def ratio(self) -> float:
        """The value in references; meaningless without a reference."""
        return self.value / self.reference_value

    @property
    def met(self) -> bool:
        """Whether the aim is reached."""
        score = self.ratio if self.reference else self.value
        return score >= self.aim if self.at_least else score <= self.aim

    def cells(self) -> tuple[str, str, str, str, str, str]:
        """What, value, reference, ratio, aim and verdict, as text."""
        bound = "≥" if self.at_least else "≤"
        verdict = "ok" if self.met else "MISSED"
        if not self.reference:
            return self.what, shown(self.value, self.unit), "", "", f"{bound} {shown(self.aim, self.unit)}", verdict
        against = f"{self.reference}: {shown(self.reference_value, self.unit)}"
        return self.what, shown(self.value, self.unit), against, f"{self.ratio:.2f}x", f"{bound} {self.aim:g}x", verdict

    def line(self) -> str:
        """The same as one line."""
        return " | ".join(cell for cell in self.cells() if cell)


def shown(value: float, unit: str) -> str:
    """A figure with three digits or so and its unit."""
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:.{digits}f} {unit}"


def seconds(work: Callable[[], object]) -> float:
    """How long something takes by the clock on the wall."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def side_by_side(measured: Callable[[], float], reference: Callable[[], float], rounds: int) -> tuple[float, float]:
    """Medians of two figures taken in turn, so that other work on the machine falls on both."""
    pairs = [(measured(), reference()) for _ in range(rounds)]
    return median(first for first, _ in pairs), median(second for _, second in pairs)
