"""The language server that VS Code's YAML extension runs, driven as an editor drives it (LSP 3.17, over stdio)."""

from __future__ import annotations

import json
import shutil
import subprocess
from itertools import count
from pathlib import Path
from typing import Any

from support.clients.seen import MissingClientError

_SERVER = Path(__file__).parent / "node_modules" / "yaml-language-server" / "out" / "server" / "src" / "server.js"


class Editor:
    """A folder opened in an editor, with schemas for its files: address of the schema -> patterns of files."""

    def __init__(self, folder: Path, schemas: dict[str, list[str]]) -> None:
        if not shutil.which("node") or not _SERVER.is_file():
            raise MissingClientError("yaml-language-server is not installed: `make clients` does that")
        self._folder, self._numbers = folder, count(1)
        self._settings = {"schemas": schemas, "schemaStore": {"enable": False}, "hover": True, "completion": True}
        self._faults: dict[str, list[dict[str, Any]]] = {}
        self._process = subprocess.Popen(
            ["node", str(_SERVER), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        item = {"snippetSupport": True, "documentationFormat": ["markdown"]}
        can = {"workspace": {"configuration": True}, "textDocument": {"completion": {"completionItem": item}}}
        root = folder.as_uri()
        self._ask(
            "initialize",
            {
                "processId": None,
                "rootUri": root,
                "workspaceFolders": [{"uri": root, "name": "plan"}],
                "capabilities": can,
            },
        )
        self._send({"method": "initialized", "params": {}})
        self._send({"method": "workspace/didChangeConfiguration", "params": {"settings": {"yaml": self._settings}}})

    def close(self) -> None:
        """End the server."""
        self._process.kill()
        self._process.communicate()

    def offered(self, file: str, text: str) -> dict[str, str]:
        """Return what is offered at the ``|`` in a text, each with its description."""
        answer = self._there("textDocument/completion", file, text)
        return {item["label"]: _words(item.get("documentation")) for item in answer["items"]}

    def explained(self, file: str, text: str) -> str:
        """Return what is shown when the pointer rests on the ``|`` in a text."""
        answer = self._there("textDocument/hover", file, text)
        return _words(answer["contents"]) if answer else ""

    def faults(self, file: str, text: str) -> list[tuple[int, str]]:
        """Return what is marked in a text: the line, from 1, and the message."""
        return [
            (fault["range"]["start"]["line"] + 1, fault["message"]) for fault in self._faults[self._open(file, text)]
        ]

    def _there(self, method: str, file: str, text: str) -> Any:
        head, _, tail = text.partition("|")
        place = {"line": head.count("\n"), "character": len(head) - head.rfind("\n") - 1}
        return self._ask(method, {"textDocument": {"uri": self._open(file, head + tail)}, "position": place})

    def _open(self, file: str, text: str) -> str:
        """Open a file with a text, in a folder of its own, wait until it has been checked, and return its address."""
        number = next(self._numbers)
        address = (self._folder / str(number) / file).as_uri()
        document = {"uri": address, "languageId": "yaml", "version": 1, "text": text}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        while address not in self._faults:
            self._receive()
        return address

    def _ask(self, method: str, params: dict[str, Any]) -> Any:
        number = next(self._numbers)
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self._receive()
            if message.get("id") == number and "method" not in message:
                return message["result"]

    def _send(self, message: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
        self._process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        """Take one message in; answer what the server asks for, keep what it finds."""
        assert self._process.stdout is not None
        size = 0
        while line := self._process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            size = int(value) if name.lower() == b"content-length" else size
        if not size:
            raise ValueError("the language server ended")
        message: dict[str, Any] = json.loads(self._process.stdout.read(size))
        if "method" in message and "id" in message:
            requested = message["params"].get("items", []) if message["method"] == "workspace/configuration" else None
            answer = requested and [self._settings if item.get("section") == "yaml" else None for item in requested]
            self._send({"id": message["id"], "result": answer})
        elif message.get("method") == "textDocument/publishDiagnostics":
            self._faults[message["params"]["uri"]] = message["params"]["diagnostics"]
        return message


def _words(shown: Any) -> str:
    """Return what is shown as a text, be it Markdown or not."""
    return str(shown["value"] if isinstance(shown, dict) else shown or "")
