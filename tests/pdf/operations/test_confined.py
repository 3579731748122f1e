"""Every tool in a child that is really shut in, where nothing more can be loaded, opened or asked for."""

import io
import os
from pathlib import Path

import pikepdf
import pytest

from pliego.errors import PliegoError, ReaderStopped
from pliego.pdf.catalogue import operations
from pliego.pdf.errand import Errand
from pliego.pdf.exercise import sample_inputs
from pliego.pdf.operation import Inputs, Kind, Operation
from pliego.pdf.reader import Reader
from pliego.pdf.report import Report
from pliego.pdf.sample import sample_images
from tests import samples

TOOLS = list(operations().values())
OF_PDFS = [told for told in TOOLS if told.inputs is not Inputs.IMAGES]


def run(reader: Reader, folder: Path, told: Operation, contents: list[bytes]) -> Report:
    """Use a tool with its sample's options, as a worker does; what a program of others would do first is left out."""
    inputs = [folder / f"entrada {number}.pdf" for number in range(len(contents))]
    for path, content in zip(inputs, contents, strict=True):
        path.write_bytes(content)
    (folder / "más.png").write_bytes(sample_images()[0])
    further = {
        field.name: folder / "más.png" for field in told.fields if field.kind is Kind.FILE and field.name in told.sample
    }
    options = told.check({**told.sample, **dict.fromkeys(further, "más.png")})
    errand = Errand(told, options, inputs, [path.name for path in inputs], further=further)
    output = os.open(folder / "salida", os.O_RDWR | os.O_CREAT)
    try:
        return reader.run(errand, output)
    finally:
        os.close(output)


@pytest.mark.parametrize("told", TOOLS, ids=lambda told: told.name)
def test_its_sample(reader: Reader, tmp_path: Path, told: Operation) -> None:
    assert run(reader, tmp_path, told, sample_inputs(told)).size_after > 0


@pytest.mark.parametrize(
    "told", [told for told in TOOLS if told.inputs is not Inputs.IMAGES], ids=lambda told: told.name
)
def test_other_files(reader: Reader, tmp_path: Path, told: Operation) -> None:
    """Those have other fonts, pictures and scripts than what a tool was exercised on."""
    for content in (samples.book(3), samples.scanned_text(1)):
        count = 2 if told.inputs is Inputs.TWO else 1
        try:
            assert run(reader, tmp_path, told, [content] * count).size_after > 0
        except ReaderStopped:
            raise
        except PliegoError as error:  # such as no page 2, or no form to fill in
            assert error.status < 500  # noqa: PT017


def test_each_kind_of_picture(reader: Reader, tmp_path: Path) -> None:
    for content in sample_images():
        assert run(reader, tmp_path, operations()["images"], [content]).pages == 1


@pytest.mark.parametrize("name", ["flatten", "redact"])
def test_a_value_without_a_look_is_drawn(reader: Reader, tmp_path: Path, name: str) -> None:
    """In a typeface whose file cannot be opened any more."""
    with pikepdf.open(io.BytesIO(samples.form_field())) as pdf:
        pdf.Root.AcroForm.Fields[0].V = pikepdf.String("Łódź")
        pdf.Root.AcroForm.NeedAppearances = True
        pdf.save(tmp_path / "form.pdf")
    assert run(reader, tmp_path, operations()[name], [(tmp_path / "form.pdf").read_bytes()]).pages == 1
