import io
import zipfile

from pliego.pdf.sample import sample_pdf
from tests.pdf.operations.tried import tried
from tests.samples import leaflet


def test_the_files_come_out_as_they_went_in() -> None:
    merged = tried("merge", sample_pdf(1), sample_pdf(1)).data
    result = tried("attachments", merged)
    with zipfile.ZipFile(io.BytesIO(result.data)) as zipped:
        assert [zipped.read(name) for name in zipped.namelist()] == [b"a note", b"a note"]
        assert zipped.namelist()[0] == "note.txt"


def test_none_is_told() -> None:
    assert tried("attachments", leaflet()).notes == {"nothing"}
