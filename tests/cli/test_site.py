import subprocess
import sys
from pathlib import Path

from tests.samples import leaflet


def test_programs_that_start_together_in_a_new_folder_prepare_it_once(tmp_path: Path) -> None:
    file = tmp_path / "leaflet.pdf"
    file.write_bytes(leaflet())
    environment = {"PLIEGO_DATA": str(tmp_path / "data"), "PATH": "/usr/bin:/bin"}
    command = [sys.executable, "-m", "pliego", "add", "--quiet", str(file)]
    started = [subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    said = [program.communicate(timeout=120)[1] for program in started]
    assert [program.returncode for program in started] == [0] * 4, said
    assert len(list((tmp_path / "data").glob("secret-key*"))) == 1
