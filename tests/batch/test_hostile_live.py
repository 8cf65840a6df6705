"""The same with the programs that open files: LibreOffice for old formats, a browser for pages."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from sopextract.ingest.libreoffice import read_old
from sopextract.model.source import SourceFile
from sopextract.settings import IngestSettings
from tests.batch.bait import SECRET, Bait, laid_bait
from tests.batch.conftest import Outputs
from tests.ingest.office_parts import needs

_CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
_NAMESPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (("office", "office"), ("text", "text"), ("draw", "drawing"),
                        ("table", "table"), ("svg", "svg-compatible"), ("of", "of"))
) + ' xmlns:xlink="http://www.w3.org/1999/xlink"'  # fmt: skip
_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_LINK = 'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"'


def _open_document(kind: str, body: str) -> bytes:
    out = io.BytesIO()
    media_type = f"application/vnd.oasis.opendocument.{kind}"
    entries = "".join(
        f'<m:file-entry m:full-path="{path}" m:media-type="{of}"/>'
        for path, of in (("/", media_type), ("content.xml", "text/xml"))
    )
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", media_type)
        archive.writestr(
            "META-INF/manifest.xml", f'<m:manifest xmlns:m="{_MANIFEST}">{entries}</m:manifest>'
        )
        archive.writestr(
            "content.xml",
            f'<office:document-content {_NAMESPACES} office:version="1.2"><office:body>'
            f"<office:{kind}>{body}</office:{kind}></office:body></office:document-content>",
        )
    return out.getvalue()


def _odt(bait: Bait) -> bytes:
    url, secret = bait.url, bait.secret.as_uri()
    frame = '<draw:frame svg:width="5cm" svg:height="5cm">'
    return _open_document(
        "text",
        f'<text:p>awal {frame}<draw:image xlink:href="{url}/image" {_LINK}/></draw:frame>'
        f'{frame}<draw:object xlink:href="{url}/object" {_LINK}/></draw:frame>'
        f'{frame}<draw:floating-frame xlink:href="{url}/frame" {_LINK}/></draw:frame></text:p>'
        f'<text:section text:name="A"><text:section-source xlink:href="{secret}"/><text:p/>'
        f'</text:section><text:section text:name="B"><text:section-source xlink:href="{url}/s"/>'
        "<text:p/></text:section><text:p>akhir</text:p>",
    )


def _ods(bait: Bait) -> bytes:
    url, secret = bait.url, bait.secret.as_uri()
    return _open_document(
        "spreadsheet",
        '<table:table table:name="A"><table:table-row><table:table-cell office:value-type="string" '
        f'table:formula="of:=WEBSERVICE(&quot;{url}/w&quot;)"><text:p>w</text:p></table:table-cell>'
        '<table:table-cell office:value-type="string"><text:p>akhir</text:p></table:table-cell>'
        '</table:table-row></table:table><table:table table:name="B"><table:table-source '
        f'xlink:href="{secret}" table:filter-name="Text - txt - csv (StarCalc)"/>'
        "<table:table-row><table:table-cell/></table:table-row></table:table>",
    )


def _rtf(bait: Bait) -> bytes:
    return (
        rf'{{\rtf1\ansi {{\field{{\*\fldinst INCLUDEPICTURE "{bait.url}/p" \\d}}{{\fldrslt x}}}} '
        rf'{{\field{{\*\fldinst INCLUDETEXT "{bait.secret}"}}{{\fldrslt x}}}} '
        rf"{{\*\template {bait.url}/t.dot}}\par akhir}}"
    ).encode()


@pytest.mark.live
@pytest.mark.parametrize(
    ("name", "make", "media_type"),
    [
        pytest.param(
            "a.odt", _odt, "application/vnd.oasis.opendocument.text", marks=needs("Writer")
        ),
        pytest.param(
            "a.ods", _ods, "application/vnd.oasis.opendocument.spreadsheet", marks=needs("Calc")
        ),
        pytest.param("a.rtf", _rtf, "application/rtf", marks=needs("Writer")),
    ],
)
def test_libreoffice_fetches_nothing(
    tmp_path: Path, name: str, make: Callable[[Bait], bytes], media_type: str
) -> None:
    """Without the profile that it is given it asks for the picture and the object of the .odt."""
    with laid_bait(tmp_path / "bait") as bait:
        path = tmp_path / name
        path.write_bytes(make(bait))
        source = SourceFile(name, "0" * 64, media_type, path, path.stat().st_size)
        document = repr(read_old(source, IngestSettings()))
        assert "akhir" in document
        assert SECRET not in document
        assert bait.hits == []


@pytest.mark.live
@pytest.mark.skipif(_CHROMIUM is None, reason="no chromium")
def test_a_browser_runs_and_asks_nothing(hostile_outputs: Outputs) -> None:
    api = pytest.importorskip("playwright.sync_api")
    asked: list[str] = []
    shown: list[str] = []
    with api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: shown.append(dialog.message))
        pages = [path for path in hostile_outputs.files() if path.suffix == ".html"]
        for path in pages:
            page.goto(path.as_uri())
            shown.append(page.title())
            page.mouse.move(300, 300)
        browser.close()
    assert len(pages) > 5
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert {url for url in asked if url.startswith("file:")} == {path.as_uri() for path in pages}
    assert [text for text in shown if text in ("1", "PWNED")] == []
