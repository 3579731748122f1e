"""What a disk does to a file after years."""

from pathlib import Path


def flip(path: Path, at: int = 3) -> None:
    """Change one byte behind everybody's back; ``at`` as an index of Python."""
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.chmod(0o600)
    path.write_bytes(data)
