"""A headless Chromium for tests, spoken to over its own protocol: no driver and no framework in between."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_SECONDS = 60.0


class Browser:
    """One page. ``complaints`` are its console messages, exceptions and refusals so far."""

    def __init__(self, socket: Any) -> None:
        self._socket = socket
        self._number = 0
        self.complaints: list[str] = []
        for domain in ("Page", "Runtime", "Log"):
            self.command(f"{domain}.enable")

    def command(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._number += 1
        self._socket.send(json.dumps({"id": self._number, "method": method, "params": parameters}))
        while True:
            said = json.loads(self._socket.recv(timeout=_SECONDS))
            if said.get("id") == self._number:
                assert "error" not in said, said
                return dict(said["result"])
            if said.get("method") in ("Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled"):
                self.complaints.append(json.dumps(said["params"], ensure_ascii=False)[:600])
            if said.get("method") == "Page.javascriptDialogOpening":
                self.complaints.append("a dialog opened")

    def open(self, page: Path, width: int = 1280, height: int = 900, *, phone: bool = False) -> None:
        self.command(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=phone
        )
        self.command("Page.navigate", url=page.resolve().as_uri())
        deadline = time.monotonic() + _SECONDS
        while self.run("document.readyState + location.protocol") != "completefile:":
            assert time.monotonic() < deadline, "the page did not load"
            time.sleep(0.05)

    def run(self, expression: str) -> Any:
        """The value of an expression in the page; a statement that throws fails the test."""
        said = self.command("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in said, said["exceptionDetails"]
        return said["result"].get("value")

    def press(self, key: str) -> None:
        text = key if len(key) == 1 else ""
        self.command("Input.dispatchKeyEvent", type="keyDown", key=key, text=text)
        self.command("Input.dispatchKeyEvent", type="keyUp", key=key)

    def type(self, text: str) -> None:
        self.command("Input.insertText", text=text)

    def until(self, expression: str) -> None:
        deadline = time.monotonic() + _SECONDS
        while not self.run(expression):
            assert time.monotonic() < deadline, f"never true: {expression}"
            time.sleep(0.05)


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """A running browser; skips the test, with the reason, where none can be had."""
    program = next((path for name in NAMES if (path := shutil.which(name))), None)
    if program is None:
        pytest.skip("no Chromium on this machine (apt-get install chromium)")
    connect = pytest.importorskip("websockets.sync.client", reason="websockets is not installed").connect
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [program, "--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--remote-debugging-port=0"]
        command += ["--no-first-run", f"--user-data-dir={profile}", "about:blank"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.insert(1, "--no-sandbox")
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        try:
            with connect(_address(process), max_size=None) as socket:
                yield Browser(socket)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
            if process.stderr is not None:
                process.stderr.close()


def _address(process: subprocess.Popen[str]) -> str:
    """The address of the first page's debugger, which the browser names on standard error."""
    for line in process.stderr or ():
        if found := re.search(r"ws://([^/]+)/", line):
            with urllib.request.urlopen(f"http://{found.group(1)}/json") as answer:
                return str(next(page["webSocketDebuggerUrl"] for page in json.load(answer) if page["type"] == "page"))
    pytest.skip("Chromium did not start")
