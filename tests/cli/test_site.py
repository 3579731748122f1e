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


def test_static_files_of_the_version_before_stay_until_the_next(tmp_path: Path) -> None:
    static = tmp_path / "static"
    static.mkdir()
    for name in ("before.1.css", "before.1.css.gz", "older.1.css"):
        (static / name).write_text("")
    (static / "staticfiles.json").write_text('{"version": "1.1", "hash": "", "paths": {"before.css": "before.1.css"}}')
    prepare_in(tmp_path)
    now = {path.name for path in static.rglob("pliego.*.css")}
    assert {path.name for path in static.glob("*.1.*")} == {"before.1.css", "before.1.css.gz"}
    assert now
    (tmp_path / "static.version").write_text("another")
    prepare_in(tmp_path)
    assert not list(static.glob("*.1.*"))
    assert {path.name for path in static.rglob("pliego.*.css")} == now


def prepare_in(folder: Path) -> None:
    program = "import django; django.setup(); from pliego.cli.site import prepare; prepare()"
    environment = {"PLIEGO_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "pliego.settings", "PATH": "/usr/bin:/bin"}
    subprocess.run([sys.executable, "-c", program], env=environment, check=True)
