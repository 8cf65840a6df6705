"""The report's files: complete, self-contained, and safe with hostile content."""

from __future__ import annotations

import io
import json
import re
from html.parser import HTMLParser

import openpyxl
import pytest

from sopextract.compare import compare, render_report
from sopextract.compare.comparison import Comparison
from sopextract.model.finding import Finding, Kind, Severity
from sopextract.model.record import DasarHukum, SopRecord
from sopextract.settings import CompareSettings
from tests.compare.sheets import COPIED_STEPS, COPY_STEPS, five, sheet
from tests.factories import record

SETTINGS = CompareSettings()
EVIL = '<script>alert(1)</script><img src=x onerror="alert(2)">\' "'
NIP = "198001012005012003"


def render(records: list[SopRecord], settings: CompareSettings = SETTINGS) -> dict[str, bytes]:
    return dict(render_report(compare(records, settings), records, settings, flow_svg=None))


class Tags(HTMLParser):
    """Counts elements and keeps their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def hostile() -> list[SopRecord]:
    steps = tuple((EVIL + k, EVIL + a, t, "=1+1" + o) for k, a, t, o in COPIED_STEPS)
    other = tuple((EVIL + k, a, t, "@SUM(1)") for k, a, t, _ in COPY_STEPS)
    fields = {
        "nomor_sop": "=HYPERLINK(\"http://x\")",
        "dasar_hukum": (DasarHukum(teks=EVIL, tentang=EVIL, id="x/1/1"),),
        "peringatan": ("-1+1|cmd", "\x00\x0bkendali"),
        "findings": (
            Finding(rule=EVIL, severity=Severity.ERROR, kind=Kind.DOCUMENT, path="/x",
                    message="+1", help=EVIL),
        ),
    }  # fmt: skip
    return [
        sheet(f"{EVIL}.txt", EVIL, "=cmd|' /C calc'!A0", EVIL + "Monev", steps, **fields),
        sheet("b.txt", "+Dinas", EVIL, EVIL + "Monev", other, **fields),
    ]


def test_three_files_and_the_json_reads_back() -> None:
    records = five()
    files = render(records)
    assert sorted(files) == ["comparison.json", "comparison.xlsx", "index.html"]
    read = Comparison.model_validate_json(files["comparison.json"])
    assert read == compare(records, SETTINGS)
    assert json.loads(files["comparison.json"])["schema_version"] == "1"


def test_same_input_same_bytes() -> None:
    assert render(five()) == render(five())


def test_page_says_what_was_found() -> None:
    page = render(five())["index.html"].decode()
    assert "mungkin tertinggal" in page
    assert "di lingkup Badan" in page
    assert "≥ 2 jam 20 menit" in page
    assert '<span class="tag bad">dicabut</span>' in page
    assert "<b>2 prosedur</b>" in page


def test_page_needs_no_network_and_runs_one_script() -> None:
    tags = Tags(render(five())["index.html"].decode()).found
    assert [t for t, _ in tags].count("script") == 1
    assert not [a for _, a in tags if "src" in a and not str(a["src"]).startswith("data:")]
    assert not [t for t, _ in tags if t == "link"]
    policy = next(a["content"] for t, a in tags if a.get("http-equiv"))
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    assert re.search(r"script-src 'sha256-[A-Za-z0-9+/=]{44}'", policy)


def test_hostile_text_stays_text_in_the_page() -> None:
    tags = Tags(render(hostile())["index.html"].decode()).found
    assert [t for t, _ in tags].count("script") == 1
    assert "img" not in [t for t, _ in tags]
    assert not [name for _, a in tags for name in a if name.startswith("on")]
    assert b"\x00" not in render(hostile())["index.html"]


def test_hostile_text_stays_text_in_the_workbook() -> None:
    book = openpyxl.load_workbook(io.BytesIO(render(hostile())["comparison.xlsx"]))
    cells = [cell for ws in book for row in ws.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    risky = [c for c in cells if isinstance(c.value, str) and c.value[:1] in "=+-@" and c.value]
    assert len(risky) > 10
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in risky)


def test_workbook_can_be_worked_on() -> None:
    book = openpyxl.load_workbook(io.BytesIO(render(five())["comparison.xlsx"]))
    assert book.sheetnames == [
        "Daftar SOP", "Keluarga", "Langkah Sejajar", "Salinan", "Dasar Hukum", "Kelengkapan",
        "Waktu dan Serah Terima", "Temuan",
    ]  # fmt: skip
    for ws in book:
        assert ws.freeze_panes == "A2"
        assert ws.auto_filter.ref
    inventory = book["Daftar SOP"]
    assert inventory.max_row == 6
    assert inventory["C2"].value == "Monitoring Evaluasi Kinerja secara periodik"


def test_unread_is_said_and_not_called_empty() -> None:
    made = record(nomor_sop=None, provenance={
        "/nomor_sop": {"method": "unread", "confidence": 0.9},
    })  # fmt: skip
    page = render([made])["index.html"].decode()
    assert page.count("belum terbaca</span>") >= 1
    book = openpyxl.load_workbook(io.BytesIO(render([made])["comparison.xlsx"]))
    assert book["Daftar SOP"]["B2"].value == "(belum terbaca)"


def test_mask_leaves_no_name_and_no_nip() -> None:
    masked = CompareSettings(mask=True)
    spaced = "Disahkan RATNA KUSUMADEWI NIP 19800101 200501 2 003"
    records = [
        sheet("a.txt", "Dinas Sosial", "Pemerintah Kota Tegal", "Monev", COPIED_STEPS,
              peringatan=(spaced,)),
        sheet("b.txt", "Dinas Pangan", "Pemerintah Kota Batu", "Monev", COPY_STEPS),
    ]  # fmt: skip
    open_files, files = render(records), render(records, masked)
    assert b"RATNA KUSUMADEWI" in open_files["index.html"]
    assert NIP.encode() in open_files["index.html"]
    for name in ("index.html", "comparison.json"):
        text = files[name].decode()
        assert "KUSUMADEWI" not in text
        assert NIP not in text
        assert "19800101 200501 2 003" not in text
    assert "[nama disamarkan]" in files["index.html"].decode()
    assert json.loads(files["comparison.json"])["masked"] is True


def test_links_and_pictures_are_quoted_and_inert() -> None:
    records = five()
    comparison = compare(records, SETTINGS)
    files = render_report(
        comparison, records, SETTINGS,
        flow_svg=lambda r: "<svg xmlns='http://www.w3.org/2000/svg'><script>x</script></svg>",
        sheets=["sheets/a b.html", "javascript:alert(1)", None],
    )  # fmt: skip
    tags = Tags(files["index.html"].decode()).found
    targets = {a["href"] for t, a in tags if t == "a"}
    assert "sheets/a%20b.html" in targets
    assert "javascript%3Aalert%281%29" in targets
    pictures = [str(a["src"]) for t, a in tags if t == "img"]
    assert len(pictures) == 4
    assert all(src.startswith("data:image/svg+xml;base64,") for src in pictures)
    assert [t for t, _ in tags].count("script") == 1


@pytest.mark.parametrize("count", [0, 1])
def test_few_records_still_give_a_report(count: int) -> None:
    page = render(five()[:count])["index.html"].decode()
    assert "Tidak ada prosedur yang mempunyai lebih dari satu lembar" in page
    assert "Tidak ada salinan yang ditemukan" in page
