"""A stock Firefox, driven by WebDriver BiDi (W3C) over a plain WebSocket (RFC 6455): no driver program, nothing to install."""

from __future__ import annotations

import base64
import json
import os
import socket
import struct
import subprocess
import time
from typing import Any


class Firefox:
    """A Firefox without a window, with one page, and what the page complained of."""

    def __init__(self, program: str, profile: str, size: tuple[int, int] = (1440, 900)) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        words = [program, "--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", str(port)]
        words += [f"--width={size[0]}", f"--height={size[1]}"]
        env = {**os.environ, "HOME": profile, "MOZ_DISABLE_CONTENT_SANDBOX": "1"}
        self.process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)
        self.complaints: list[str] = []
        self.number = 0
        self.stream = self._connect(port)
        self.call("session.new", capabilities={})
        self.call("session.subscribe", events=["log.entryAdded"])
        self.context = self.call("browsingContext.getTree")["contexts"][0]["context"]

    def close(self) -> None:
        self.stream.close()
        self.process.terminate()
        self.process.wait(20)

    def open(self, address: str) -> None:
        self.call("browsingContext.navigate", context=self.context, url=address, wait="complete")

    def run(self, expression: str) -> Any:
        """Evaluate an expression and give its value, through JSON."""
        target = {"context": self.context}
        found = self.call(
            "script.evaluate", expression=f"JSON.stringify({expression})", target=target, awaitPromise=True
        )
        assert found["type"] == "success", found
        return json.loads(found["result"].get("value") or "null")

    def wait(self, expression: str, seconds: float = 20) -> None:
        end = time.monotonic() + seconds
        while not self.run(expression):
            assert time.monotonic() < end, f"never true: {expression}"
            time.sleep(0.05)

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        self.number += 1
        self._send(json.dumps({"id": self.number, "method": method, "params": params}))
        while True:
            message = json.loads(self._receive())
            if message.get("method") == "log.entryAdded":
                entry = message["params"]
                if entry["level"] in ("error", "warn"):
                    self.complaints.append(str(entry.get("text")))
            elif message.get("id") == self.number:
                assert message["type"] == "success", message
                return message["result"]

    def _connect(self, port: int) -> socket.socket:
        end = time.monotonic() + 60
        while True:
            try:
                stream = socket.create_connection(("127.0.0.1", port), timeout=60)
                break
            except OSError:
                assert time.monotonic() < end, "Firefox does not answer"
                time.sleep(0.2)
        key = base64.b64encode(os.urandom(16)).decode()
        stream.sendall(
            f"GET /session HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        head = b""
        while b"\r\n\r\n" not in head:
            head += stream.recv(1)
        assert b" 101 " in head.split(b"\r\n")[0], head
        return stream

    def _send(self, text: str) -> None:
        data, mask = text.encode(), os.urandom(4)
        size = len(data)
        length = (
            bytes([0x80 | size])
            if size < 126
            else b"\xfe" + struct.pack(">H", size)
            if size < 65536
            else b"\xff" + struct.pack(">Q", size)
        )
        self.stream.sendall(b"\x81" + length + mask + bytes(byte ^ mask[n % 4] for n, byte in enumerate(data)))

    def _exactly(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            part = self.stream.recv(size - len(data))
            assert part, "Firefox hung up"
            data += part
        return data

    def _receive(self) -> str:
        data = b""
        while True:
            first, second = self._exactly(2)
            size = second & 0x7F
            if size > 125:
                size = int.from_bytes(self._exactly(2 if size == 126 else 8))
            part = self._exactly(size)
            if first & 0x0F in (0, 1):
                data += part
                if first & 0x80:
                    return data.decode()
