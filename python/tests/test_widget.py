"""The widget in JupyterLab in Chromium: a figure that lives, and values that come back to Python."""

import contextlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time
import urllib.request

import nbformat
import pytest
import traitlets
from playwright.sync_api import expect, sync_playwright

import chailou
from chailou.widget import Lab

CHROMIUM = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
LINK = "lab=points&data=moons&denoiser=exact&steps=20&particles=100&seed=3"

CELLS = [
    f"from chailou.widget import Lab\nlab = Lab({LINK!r})\nlab",
    "lab.pause()\nlab.seek(7)",
    "print('stands at', lab.at, 'of', lab.length, 'seed', lab.values['seed'])",
    "outcome = lab.run()\nprint('computed', outcome.at, outcome.frames['x'].shape, outcome.fingerprint)",
    "lab.set(seed=9)",
    "print('now seed', lab.values['seed'], 'in', 'seed=9' in lab.here, '[' + lab.problem + ']')",
    "lab.link = 'lab=gamma'",
    "print('measured', lab.readouts['half_factorial']['value'])",
    "Lab('lab=gamma', site='http://localhost:9/')",
]


@pytest.fixture
def jupyter(tmp_path):
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )
    nbformat.write(notebook, tmp_path / "figure.ipynb")
    quiet = {name: str(tmp_path / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")}
    # Cells stay in the document, in sight or not; nothing is asked of the network.
    for plugin, settings in {
        "notebook-extension/tracker": {"windowingMode": "none"},
        "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    }.items():
        file = tmp_path / "settings" / f"@jupyterlab/{plugin}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(settings))
    quiet["JUPYTERLAB_SETTINGS_DIR"] = str(tmp_path / "settings")
    options = ["--no-browser", "--port=0", "--allow-root", "--IdentityProvider.token=", f"--ServerApp.root_dir={tmp_path}"]
    with open(tmp_path / "log", "wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options], env={**os.environ, **quiet}, stdout=log, stderr=log
        )
    try:
        deadline = time.monotonic() + 60
        while True:
            said = list(pathlib.Path(quiet["JUPYTER_RUNTIME_DIR"]).glob("jpserver-*.json"))
            with contextlib.suppress(OSError, IndexError, json.JSONDecodeError):
                url = json.loads(said[0].read_text())["url"]
                urllib.request.urlopen(f"{url}api/status", timeout=5).close()
                break
            assert server.poll() is None and time.monotonic() < deadline, (tmp_path / "log").read_text()
            time.sleep(0.2)
        yield url
    finally:
        server.terminate()
        server.wait(30)


def test_a_figure_lives_in_jupyterlab_and_hands_values_back(jupyter):
    assert CHROMIUM, "Chromium is missing: install it, or name it in CHROMIUM"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1400, "height": 1800})
        page.set_default_timeout(60_000)
        expect.set_options(timeout=60_000)
        page.goto(f"{jupyter}lab/tree/figure.ipynb")
        cells = page.locator(".jp-Notebook .jp-CodeCell")
        expect(cells).to_have_count(len(CELLS))

        def run_cell(i):
            # Keys are lost on a notebook that is still being set up; a cell that was run has another number.
            prompt = cells.nth(i).locator(".jp-InputPrompt")
            before = prompt.inner_text()
            for _ in range(12):
                cells.nth(i).locator(".cm-content").click()
                page.keyboard.press("Control+Enter")
                with contextlib.suppress(AssertionError):
                    return expect(prompt).not_to_have_text(before, timeout=5000)
            raise AssertionError(f"cell {i} does not run")

        def run_until(i, wanted):
            # What the figure says comes to the kernel between two cells, a moment later than it is seen.
            output, deadline = cells.nth(i).locator(".jp-OutputArea-output"), time.monotonic() + 60
            while True:
                run_cell(i)
                try:
                    return expect(output).to_have_text(wanted, timeout=2000)
                except AssertionError:
                    if time.monotonic() > deadline:
                        raise

        run_cell(0)
        figure = page.frame_locator("chailou-lab iframe").first
        expect(figure.get_by_role("slider", name="Position on the timeline")).to_be_visible()
        run_cell(1)
        run_until(2, "stands at 7 of 20 seed 3")
        shown = chailou.run(f"{LINK}&at=7")
        run_until(3, f"computed 7 (100, 2) {shown.fingerprint}")
        run_cell(4)
        run_until(5, "now seed 9 in True []")
        run_cell(6)
        run_until(7, f"measured {chailou.run('lab=gamma').readouts['half_factorial']['value']}")
        # A page that is not there is said where the figure would be.
        run_cell(8)
        expect(cells.nth(8).locator(".jp-OutputArea-output")).to_contain_text(
            "The page of Chailou at http://localhost:9/ cannot be reached"
        )
        browser.close()


def test_the_page_is_served_from_the_package_itself():
    with chailou.serve() as page:
        assert page.url.startswith("http://localhost:") and page.open("https://h.example/#lab=gamma").endswith("/#lab=gamma")
        for path, word in {"": b"<title>", "embed/chailou-lab.js": b"chailou-lab"}.items():
            with urllib.request.urlopen(page.url + path) as answer:
                assert word in answer.read() and answer.headers["Access-Control-Allow-Origin"] == "*"
    with pytest.raises(OSError):
        urllib.request.urlopen(page.url, timeout=5)


def test_what_a_widget_is_told_is_checked(tmp_path):
    assert Lab("lab=gamma", site="https://host.example/sub").site == "https://host.example/sub/"
    with pytest.raises(traitlets.TraitError):
        Lab("lab=gamma", site="https://host.example", controls="everything")
    outcome = Lab("lab=gamma&n=3", site="https://host.example").run()
    assert outcome.readouts["ball_volume"]["value"] == pytest.approx(4.18879020478639)
    with pytest.raises(ValueError, match="holds no index.html"):
        chailou.serve(folder=tmp_path)
