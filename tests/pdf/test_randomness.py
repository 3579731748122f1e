import os
from pathlib import Path

import pikepdf

from pliego.pdf.errand import Errand
from pliego.pdf.reader import Reader
from tests.samples import book


def test_no_two_runs_share_their_random_numbers(reader: Reader, tmp_path: Path) -> None:
    given = tmp_path / "book.pdf"
    given.write_bytes(book(455))  # needs more of them than are read ahead
    keys = set()
    for number in range(3):
        made = tmp_path / f"{number}.pdf"
        descriptor = os.open(made, os.O_RDWR | os.O_CREAT)
        reader.run(Errand.of("protect", [given], {"opening": "sesame"}), descriptor)
        os.close(descriptor)
        with pikepdf.open(made, password="sesame") as pdf:
            keys |= {pdf.encryption.encryption_key, bytes(pdf.trailer.Encrypt.U), bytes(pdf.trailer.Encrypt.O)}
    assert len(keys) == 9
