"""A real language server for YAML, spoken to as an editor does: what is offered, shown and underlined."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

from conftest import LANGUAGE_SERVER

CURSOR = "¦"
"""Stands in a text where the cursor is."""
PATIENCE = 300
"""Seconds after which a server that says nothing more is ended: a test fails instead of waiting for ever."""


class LanguageServer:
    """Open files in it, then ask. `schemas` is what an editor has under `yaml.schemas`: path to patterns."""

    def __init__(self, folder: Path, schemas: Mapping[str, list[str]] | None = None) -> None:
        self._folder = folder
        self._process = subprocess.Popen(
            [str(LANGUAGE_SERVER), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder
        )
        self._schemas = dict(schemas or {})
        self._watchdog = threading.Timer(PATIENCE, self._process.kill)
        self._last = 0
        self._diagnostics: dict[str, list[dict[str, Any]]] = {}
        self._version = 0

    def __enter__(self) -> Self:
        self._watchdog.start()
        markdown = ["markdown", "plaintext"]
        self._ask(
            "initialize",
            {
                "processId": None,
                "rootUri": self._folder.as_uri(),
                "workspaceFolders": [{"uri": self._folder.as_uri(), "name": self._folder.name}],
                "capabilities": {
                    "workspace": {"configuration": True, "didChangeConfiguration": {"dynamicRegistration": True}},
                    "textDocument": {
                        "completion": {
                            "completionItem": {"documentationFormat": markdown, "snippetSupport": True}
                        },
                        "hover": {"contentFormat": markdown},
                        "publishDiagnostics": {},
                    },
                },
            },
        )
        self._tell("initialized", {})
        self._tell("workspace/didChangeConfiguration", {"settings": {"yaml": self._settings()}})
        while self._read().get("method") != "workspace/configuration":
            pass
        return self

    def __exit__(self, *_: object) -> None:
        self._ask("shutdown", None)
        self._tell("exit", None)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(timeout=30)
        self._watchdog.cancel()

    def completions(self, path: str, text: str) -> dict[str, str]:
        """What is offered at the cursor: label to documentation."""
        where = self._open(path, text)
        answer = self._ask("textDocument/completion", where)
        return {item["label"]: _words(item.get("documentation")) for item in answer["items"]}

    def hover(self, path: str, text: str) -> str:
        """What is shown over the cursor."""
        answer = self._ask("textDocument/hover", self._open(path, text))
        return "" if answer is None else _words(answer["contents"])

    def underlined(self, path: str, text: str) -> dict[str, str]:
        """What is marked as wrong: `line:column-line:column` (from 1) to what is said."""
        uri = self._open(path, text)["textDocument"]["uri"]
        return {_place(d["range"]): d["message"] for d in self._diagnostics[uri]}

    def _open(self, path: str, text: str) -> dict[str, Any]:
        self._version += 1
        before, _, _ = text.partition(CURSOR)
        line, column = before.count("\n"), len(before) - before.rfind("\n") - 1
        uri = (self._folder / path).as_uri()
        self._diagnostics.pop(uri, None)
        document = {"uri": uri, "languageId": "yaml", "version": self._version, "text": text.replace(CURSOR, "")}
        self._tell("textDocument/didOpen", {"textDocument": document})
        while uri not in self._diagnostics:  # said once the schema is read: nothing is asked before
            self._read()
        return {"textDocument": {"uri": uri}, "position": {"line": line, "character": column}}

    def _settings(self) -> dict[str, Any]:
        return {
            "schemas": self._schemas,
            "schemaStore": {"enable": False},
            "completion": True,
            "hover": True,
            "validate": True,
            "customTags": [],
        }

    def _ask(self, method: str, params: Any) -> Any:
        self._last += 1
        self._send({"id": self._last, "method": method, "params": params})
        wanted = self._last
        while True:
            message = self._read()
            if message.get("id") == wanted and "method" not in message:
                assert "error" not in message, message["error"]
                return message["result"]

    def _tell(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._process.stdin.flush()

    def _read(self) -> dict[str, Any]:
        """The next message; what the server asks of an editor is answered on the way."""
        assert self._process.stdout is not None
        length = 0
        while line := self._process.stdout.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        assert length, "the server went away"
        message: dict[str, Any] = json.loads(self._process.stdout.read(length))
        method = message.get("method")
        if method == "textDocument/publishDiagnostics":
            self._diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif method == "workspace/configuration":
            found = {"yaml": self._settings(), "http": {}, "[yaml]": {}, "editor": {"tabSize": 2}, "files": {}}
            items = [found.get(item["section"]) for item in message["params"]["items"]]
            self._send({"id": message["id"], "result": items})
        elif method is not None and "id" in message:
            self._send({"id": message["id"], "result": None})
        return message


def _words(documentation: Any) -> str:
    return documentation["value"] if isinstance(documentation, dict) else documentation or ""


def _place(span: dict[str, Any]) -> str:
    start, end = span["start"], span["end"]
    return f"{start['line'] + 1}:{start['character'] + 1}-{end['line'] + 1}:{end['character'] + 1}"
