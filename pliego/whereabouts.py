"""Where a site listens, left in its data folder for the commands of other terminals, which are not told its port."""

from pathlib import Path


def note(data: Path, address: str) -> None:
    """Leave word; the folder is made, for this user only."""
    file = _file(data)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.write_text(address, encoding="ascii")


def noted(data: Path) -> str:
    """Where the site of this folder listens, or did; "" when none has run."""
    try:
        return _file(data).read_text(encoding="ascii")
    except FileNotFoundError:
        return ""


def _file(data: Path) -> Path:
    return data / "run" / "address"
