"""One Synapse process on a free loopback port: configured, started, restarted, stopped, and users made on it."""

from __future__ import annotations

import hashlib
import hmac
import json
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SERVER_NAME = "localhost"
SHARED_SECRET = "only-on-loopback"
PLENTY = {"per_second": 100_000, "burst_count": 100_000}


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A user's session on the server."""

    user: str
    device: str
    token: str
    password: str


def free_port() -> int:
    """A TCP port that nobody listens on now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _configuration(folder: Path, port: int) -> dict[str, Any]:
    rates = ("message", "registration", "joins_per_room", "key_requests", "admin_redaction", "room_creation")
    limits: dict[str, Any] = {f"rc_{name}": PLENTY for name in rates}
    limits["rc_login"] = {"address": PLENTY, "account": PLENTY, "failed_attempts": PLENTY}
    limits["rc_joins"] = {"local": PLENTY, "remote": PLENTY}
    limits["rc_invites"] = {"per_room": PLENTY, "per_user": PLENTY, "per_issuer": PLENTY}
    return limits | {
        "server_name": SERVER_NAME,
        "listeners": [
            {
                "port": port,
                "type": "http",
                "bind_addresses": ["127.0.0.1"],
                "resources": [{"names": ["client"], "compress": False}],
            }
        ],
        "database": {"name": "sqlite3", "args": {"database": str(folder / "homeserver.db")}},
        "media_store_path": str(folder / "media"),
        "signing_key_path": str(folder / "signing.key"),
        "log_config": str(folder / "log.json"),
        "pid_file": str(folder / "pid"),
        "registration_shared_secret": SHARED_SECRET,
        "macaroon_secret_key": "only-on-loopback-too",
        "trusted_key_servers": [],
        "federation_domain_whitelist": [],
        "bcrypt_rounds": 4,
        "presence": {"enabled": False},
        "report_stats": False,
        "suppress_key_server_warning": True,
        "url_preview_enabled": False,
        "filter_timeline_limit": 5000,
    }


@dataclass(slots=True, kw_only=True)
class Synapse:
    """The server of one test session."""

    python: Path
    folder: Path
    port: int = field(default_factory=free_port)
    _process: subprocess.Popen[bytes] | None = None
    _made: int = 0

    @property
    def url(self) -> str:
        """Where clients reach it."""
        return f"http://127.0.0.1:{self.port}"

    def start(self, seconds: float = 60) -> None:
        """Start and wait until it answers. Raises RuntimeError with the end of its log."""
        self.folder.mkdir(parents=True, exist_ok=True)
        config = self.folder / "homeserver.json"
        config.write_text(json.dumps(_configuration(self.folder, self.port)), encoding="utf-8")
        logging = {
            "version": 1,
            "handlers": {"file": {"class": "logging.FileHandler", "filename": str(self.folder / "log")}},
            "root": {"level": "WARNING", "handlers": ["file"]},
        }
        (self.folder / "log.json").write_text(json.dumps(logging), encoding="utf-8")
        command = [str(self.python), "-m", "synapse.app.homeserver", "-c", str(config)]
        if not (self.folder / "signing.key").exists():
            subprocess.run([*command, "--generate-keys"], check=True, capture_output=True, cwd=self.folder)
        output = (self.folder / "output").open("ab")
        with output:
            self._process = subprocess.Popen(command, cwd=self.folder, stdout=output, stderr=output)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.url}/_matrix/client/versions", timeout=5):
                    return
            except OSError:
                time.sleep(0.05)  # a process is starting: there is no event to wait on
        raise RuntimeError("Synapse did not start: " + (self.folder / "output").read_text(encoding="utf-8")[-2000:])

    def stop(self, *, hard: bool = False) -> None:
        """Stop it; `hard` is SIGKILL."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGKILL if hard else signal.SIGTERM)
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def user(self, name: str | None = None, *, device: str | None = None) -> Account:
        """Make a new user; names are numbered so that tests never meet."""
        self._made += 1
        local = f"{name or 'user'}{self._made}"
        nonce = self.call("GET", "/_synapse/admin/v1/register")["nonce"]
        password = f"pw-{local}"
        mac = hmac.new(SHARED_SECRET.encode(), digestmod=hashlib.sha1)
        mac.update(b"\x00".join((nonce.encode(), local.encode(), password.encode(), b"notadmin")))
        self.call(
            "POST",
            "/_synapse/admin/v1/register",
            {"nonce": nonce, "username": local, "password": password, "admin": False, "mac": mac.hexdigest()},
        )
        return self.login(f"@{local}:{SERVER_NAME}", password, device=device)

    def login(self, user: str, password: str, *, device: str | None = None) -> Account:
        """Another session of a user."""
        body: dict[str, Any] = {
            "type": "m.login.password",
            "identifier": {"type": "m.id.user", "user": user},
            "password": password,
        }
        if device:
            body["device_id"] = device
        answer = self.call("POST", "/_matrix/client/v3/login", body)
        return Account(user=user, device=answer["device_id"], token=answer["access_token"], password=password)

    def call(self, method: str, path: str, body: Any = None, token: str | None = None) -> Any:
        """One request, synchronously. Raises urllib.error.HTTPError."""
        request = urllib.request.Request(self.url + path, method=method)
        request.add_header("Content-Type", "application/json")
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(request, data, timeout=30) as answer:
            return json.load(answer)
