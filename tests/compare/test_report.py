"""The report's files: complete, self-contained, and safe with hostile content."""

from __future__ import annotations

import gzip
import io
import json
import re
from base64 import b64decode
from html.parser import HTMLParser
from typing import Any

import openpyxl
import pytest

from sopextract.compare import compare, render_report
from sopextract.compare.comparison import Comparison
from sopextract.compare.page import Links
from sopextract.compare.page.columns import pack
from sopextract.compare.page.render import make_chunks
from sopextract.compare.words import load_words
from sopextract.model.finding import Finding, Kind, Severity
from sopextract.model.record import DasarHukum, SopRecord
from sopextract.settings import CompareSettings
from tests.compare.sheets import COPIED_STEPS, COPY_STEPS, five, sheet
from tests.factories import record

SETTINGS = CompareSettings()
EVIL = '<script>alert(1)</script><img src=x onerror="alert(2)">\' "'
NIP = "198001012005012003"


def render(records: list[SopRecord], settings: CompareSettings = SETTINGS) -> dict[str, bytes]:
    return dict(render_report(compare(records, settings), records, settings))


def data_of(page: bytes, name: str) -> Any:
    """The JSON of one script element of a page whose data is not packed."""
    found = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', page.decode())
    assert found is not None
    return json.loads(found[1])


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


def test_page_says_first_what_was_found() -> None:
    page = render(five())["index.html"].decode()
    assert "5 SOP dari 4 perangkat daerah dibandingkan. 2 prosedur mempunyai" in page
    assert "3 SOP masih merujuk peraturan yang sudah dicabut." in page
    assert "2 SOP merupakan salinan satu sama lain, dalam 1 kelompok; 1 bagian teksnya" in page
    assert "1 SOP memiliki langkah tanpa waktu yang pasti" in page


def test_page_in_english() -> None:
    page = render(five(), CompareSettings(lang="en"))["index.html"].decode()
    assert '<html lang="en">' in page
    assert "5 SOPs of 4 agencies were compared. 2 procedures have more than one sheet" in page
    assert "perangkat daerah dibandingkan" not in page


def test_data_of_the_page_holds_every_sheet_family_and_copy() -> None:
    page = render(five())["index.html"]
    core = data_of(page, "data-core")
    titles = [core["strings"][n] for n in core["sheets"]["title"]]
    assert titles[3] == "Pemantauan Capaian Kinerja Internal"
    assert core["families"]["members"] == [[0, 4], [2, 3]]
    assert core["copies"] == [[[2, 3], 1, core["copies"][0][2], 0]]
    block = data_of(page, "data-0")
    assert sorted(block["sheets"], key=int) == ["0", "1", "2", "3", "4"]
    step = block["sheets"]["2"]["steps"][1]
    assert block["strings"][step[1]] == "Meminta data capaian ke Bidang setiap triwulan"


def test_large_data_is_packed_and_says_the_same() -> None:
    records = five()
    comparison, words = compare(records, SETTINGS), load_words("id")
    plain = make_chunks(comparison, records, Links([None] * 5, [None] * 5), (), words, "plain")
    packed = [pack(chunk.text) for chunk in plain]
    assert [gzip.decompress(b64decode(p)).decode() for p in packed] == [c.text for c in plain]
    assert pack("abc") == pack("abc")


def test_page_needs_no_network_and_runs_one_script() -> None:
    tags = Tags(render(five())["index.html"].decode()).found
    assert [a for t, a in tags if t == "script"][-1] == {}
    assert {a.get("type") for t, a in tags if t == "script"} == {"application/json", None}
    assert not [a for _, a in tags if "src" in a and not str(a["src"]).startswith("data:")]
    assert not [t for t, _ in tags if t == "link"]
    policy = next(a["content"] for t, a in tags if a.get("http-equiv"))
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    assert re.search(r"script-src 'sha256-[A-Za-z0-9+/=]{44}'", policy)


def test_hostile_text_stays_text_in_the_page() -> None:
    page = render(hostile())["index.html"]
    tags = Tags(page.decode()).found
    kinds = [t for t, _ in tags]
    assert kinds.count("script") == 4  # texts, tables, one block; and what runs
    assert kinds.count("img") == 3  # the plots
    assert not [name for _, a in tags for name in a if name.startswith("on")]
    assert b"\x00" not in page
    assert "\u2028" not in page.decode()
    assert EVIL + "Monev" in data_of(page, "data-core")["strings"]


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
        "Ringkasan", "Daftar SOP", "Kelengkapan", "Temuan", "Dasar hukum", "Keluarga",
        "Langkah sejajar", "Salinan", "Cakupan", "Waktu",
    ]  # fmt: skip
    for ws in book:
        assert ws.freeze_panes in ("A2", "B2")
        assert bool(ws.auto_filter.ref) == (ws.title != "Ringkasan")
    inventory = book["Daftar SOP"]
    assert inventory.auto_filter.ref == "A1:N6"
    assert inventory["C2"].value == "Monitoring Evaluasi Kinerja secara periodik"
    assert book["Waktu"]["C2"].value == "≥ 2 jam 20 menit"
    laws = book["Dasar hukum"]
    assert [laws["A2"].value, laws["D2"].value] == ["PermenPANRB 53/2014", 3]
    left = [row for row in book["Salinan"].values if "tertinggal" in str(row[8])]
    assert [row[9] for row in left] == ["di lingkup Badan"]


def test_unread_is_said_and_not_called_empty() -> None:
    made = record(nomor_sop=None, provenance={
        "/nomor_sop": {"method": "unread", "confidence": 0.9},
    })  # fmt: skip
    core = data_of(render([made])["index.html"], "data-core")
    assert core["sheets"]["number"] == [-2]
    assert core["agencies"]["items"][0][3:6] == [0, 0, 1]
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


def test_links_are_quoted() -> None:
    records = five()
    files = render_report(
        compare(records, SETTINGS), records, SETTINGS,
        sheets=["sheets/a b.html", "javascript:alert(1)", None],
    )  # fmt: skip
    core = data_of(files["index.html"], "data-core")
    links = [core["strings"][n] if n >= 0 else None for n in core["sheets"]["link"]]
    assert links == ["sheets/a%20b.html", "javascript%3Aalert%281%29", None, None, None]


@pytest.mark.parametrize("count", [0, 1])
def test_few_records_still_give_a_report(count: int) -> None:
    files = render(five()[:count])
    page = files["index.html"].decode()
    assert "Tidak ada prosedur yang mempunyai lebih dari satu lembar." in page
    assert len(openpyxl.load_workbook(io.BytesIO(files["comparison.xlsx"])).sheetnames) == 10
