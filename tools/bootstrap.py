"""Make `.venv` with the locked packages; only the standard library.

On Debian and Ubuntu `python3 -m venv` fails without the package python3-venv, because ensurepip is
split off. Then the environment is made without pip, and pip's wheel is fetched from the package
index and run from inside the wheel. Does nothing when the lock and pyproject.toml are unchanged.
An older Python 3 can run this file too, so that it can look for a newer one.
"""

from __future__ import annotations

import base64
import hashlib
import html.parser
import http.client
import os
import shutil
import ssl
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from configparser import ConfigParser
from configparser import Error as ConfigParserError
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCK = ROOT / "requirements.lock"
STAMP = VENV / ".sopextract-stamp"
NEEDED = (3, 11)  # requires-python of pyproject.toml
CANDIDATES = ("python3", "python3.14", "python3.13", "python3.12", "python3.11", "python")
INDEX = "https://pypi.org/simple"
TIMEOUT_S = 60  # for one page of the index or one wheel of 2 MB on a slow line


def main() -> int:
    """Bring `.venv` up to date; 0 when it is, else one clear line and 1, or 130 after Ctrl-C."""
    stamp = make_stamp()
    if PYTHON.exists() and STAMP.is_file() and STAMP.read_text(encoding="utf-8") == stamp:
        return 0
    try:
        python = find_python()
        say(f"Setting up {VENV.name} with {python} (once; needs the network: 400 MB)")
        STAMP.unlink(missing_ok=True)
        pip = make_venv(python)
        # Twice quiet: warnings about a mirror's missing pages say nothing; errors are still shown.
        run(*pip, "install", "-qq", "--require-hashes", "-r", str(LOCK))
        run(
            *pip, "install", "--quiet", "--no-deps", "--no-build-isolation",
            "--no-index", "--editable", str(ROOT),
        )  # fmt: skip
    except SetupError as exc:
        say(f"Set-up failed: {exc}")
        return 1
    except KeyboardInterrupt:
        say("Set-up interrupted; the same command starts it again")
        return 130  # as shells count Ctrl-C
    STAMP.write_text(stamp, encoding="utf-8")
    return 0


class SetupError(Exception):
    """Something that the user has to put right; the message says what."""


def make_stamp() -> str:
    """A fingerprint of everything the environment depends on."""
    digest = hashlib.sha256(str(ROOT).encode("utf-8", "surrogateescape"))
    for path in (LOCK, ROOT / "pyproject.toml", Path(__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest() + "\n"


def find_python() -> str:
    """A Python that is new enough, the one running this first."""
    for name in (sys.executable, *CANDIDATES):
        path = shutil.which(name) if name else None
        if path is None:
            continue
        if is_new_enough(path):
            return path
    wanted = ".".join(map(str, NEEDED))
    raise SetupError(
        f"no Python {wanted} or newer found; install one, for example: "
        f"sudo apt install python{wanted}"
    )


def is_new_enough(python: str) -> bool:
    """Whether this interpreter runs and can run the project."""
    return works(python, "-c", f"import sys; sys.exit(sys.version_info[:2] < {NEEDED})")


def make_venv(python: str) -> list[str]:
    """Make the environment, or keep a working one; the command that runs pip in it."""
    pip = [str(PYTHON), "-m", "pip"]
    if is_new_enough(str(PYTHON)) and works(*pip, "--version"):
        return pip
    shutil.rmtree(VENV, ignore_errors=True)
    if works(python, "-c", "import ensurepip, venv") and works(python, "-m", "venv", str(VENV)):
        return pip
    shutil.rmtree(VENV, ignore_errors=True)
    run(python, "-m", "venv", "--without-pip", str(VENV))
    with tempfile.TemporaryDirectory() as folder:
        wheel = fetch_pip(Path(folder))
        run(str(PYTHON), f"{wheel}/pip", "install", "--quiet", "--no-index", str(wheel))
    return pip


def works(*command: str) -> bool:
    """Whether a command ends well; it may also not exist."""
    try:
        return subprocess.run(command, check=False, capture_output=True).returncode == 0
    except OSError:
        return False


def run(*command: str) -> None:
    """Run a command, its output shown. Raises SetupError when it fails."""
    environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    try:
        subprocess.run(command, check=True, cwd=ROOT, env=environment)
    except (OSError, subprocess.CalledProcessError) as exc:
        raise SetupError(f"`{' '.join(command)}` failed; see above") from exc


class Links(html.parser.HTMLParser):
    """Collects the links of an index page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what an <a> points to, unless it was yanked."""
        values = dict(attrs)
        href = values.get("href")
        if tag == "a" and href and "data-yanked" not in values:
            self.found.append(href)


def fetch_pip(folder: Path) -> Path:
    """Fetch pip's newest final wheel from the configured index, its hash checked."""
    base = index_url().rstrip("/") + "/pip/"
    parser = Links()
    parser.feed(read_url(base).decode("utf-8", "replace"))
    wheels = {}
    for href in parser.found:
        url, _, fragment = urllib.parse.urljoin(base, href).partition("#")
        name = urllib.parse.unquote(url.rsplit("/", 1)[-1])
        parts = name.split("-")
        if name.endswith("-py3-none-any.whl") and parts[1].replace(".", "").isdigit():
            wheels[tuple(int(part) for part in parts[1].split("."))] = (name, url, fragment)
    if not wheels:
        raise SetupError(
            "the package index lists no wheel of pip; or: sudo apt install python3-venv"
        )
    name, url, fragment = wheels[max(wheels)]
    data = read_url(url)
    algorithm, _, expected = fragment.partition("=")
    if algorithm == "sha256" and hashlib.sha256(data).hexdigest() != expected:
        raise SetupError(f"{name}: the hash differs from the index's; try again")
    wheel = folder / name
    wheel.write_bytes(data)
    return wheel


def read_url(url: str) -> bytes:
    """What lies at an address. Raises SetupError when it cannot be read.

    A user name and password in the address are sent as such, and never shown.
    """
    if not url.startswith(("https://", "http://", "file://")):
        raise SetupError("the package index is no https, http or file address")
    parts = urllib.parse.urlsplit(url)
    login, at, host = parts.netloc.rpartition("@")
    bare = parts._replace(netloc=host).geturl()
    headers = {"Accept": "text/html, */*;q=0.1"}
    if at:
        token = base64.b64encode(urllib.parse.unquote(login).encode()).decode()
        headers["Authorization"] = f"Basic {token}"
    try:
        context = ssl.create_default_context(cafile=os.environ.get("PIP_CERT"))
        request = urllib.request.Request(bare, headers=headers)  # noqa: S310 - checked above
        with urllib.request.urlopen(request, timeout=TIMEOUT_S, context=context) as answer:  # noqa: S310 - checked above
            return bytes(answer.read())
    except (urllib.error.URLError, http.client.HTTPException, OSError, ValueError) as exc:
        raise SetupError(
            f"{bare} cannot be read ({exc}); without a network: sudo apt install python3-venv"
        ) from exc


def index_url() -> str:
    """The package index as pip would choose it: environment, files, the public one."""
    if os.environ.get("PIP_INDEX_URL"):
        return os.environ["PIP_INDEX_URL"]
    home = Path.home()
    files = [
        home / ".config/pip/pip.conf",
        home / ".pip/pip.conf",
        *(Path(folder) / "pip/pip.conf" for folder in ("/etc/xdg",)),
        Path("/etc/pip.conf"),
    ]
    if os.environ.get("PIP_CONFIG_FILE"):
        files.insert(0, Path(os.environ["PIP_CONFIG_FILE"]))
    for file in files:
        config = ConfigParser(interpolation=None)
        try:
            config.read(file, encoding="utf-8")
        except (ConfigParserError, UnicodeDecodeError, OSError):
            continue
        for section in ("install", "global"):
            if config.has_option(section, "index-url"):
                return config.get(section, "index-url")
    return INDEX


def say(message: str) -> None:
    """A line for the person at the terminal."""
    sys.stderr.write(message + "\n")


if __name__ == "__main__":
    sys.exit(main())
