"""The HTML sheet: complete, self-contained, and nothing in it that the document could run."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from sopextract.errors import ConfigError
from sopextract.model.record import Pelaksana, SopRecord
from sopextract.render import render
from sopextract.render.sheet.build import build_sheet
from sopextract.render.sheet.legend import print_unsettled
from sopextract.settings import RenderSettings
from tests.factories import langkah, provenance, record
from tests.render.flows import random_flow

EVIL = '</style></title><script>alert(1)</script><img src=x onerror="y">{{ 7*7 }}'


class Page(HTMLParser):
    """Tags, attributes and text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def html_of(sop: SopRecord, **settings: object) -> str:
    return render(sop, "html", RenderSettings.model_validate(settings)).decode()


def test_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(ConfigError, match="known formats: bpmn, docx, html"):
        render(record(), "docx2", RenderSettings())


def test_sheet_holds_every_value() -> None:
    page = Page(html_of(record()))
    text = " ".join(" ".join(page.texts).split())
    for value in (
        "Pemerintah Kabupaten Banyumas",
        "01/DISKAN/2024",
        "2 Januari 2024",
        "RATNA KUSUMADEWI, S.Pi",
        "NIP. 19800101 200501 2 003",
        "Buku agenda",
        "Memeriksa kelengkapan surat",
        "15 Menit",
        "Mulai",
        "Selesai",
    ):
        assert value in text
    assert ("lang", "id") in page.attributes


def test_sheet_is_self_contained() -> None:
    html = html_of(random_flow(3))
    page = Page(html)
    assert not {"script", "link", "iframe", "img", "object"} & set(page.tags)
    assert not [a for a in page.attributes if a[0] in ("src", "href") or a[0].startswith("on")]
    assert re.search(r"url\(|@import|https?://(?!www\.w3\.org)", html) is None
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    assert ("content", policy) in page.attributes


def test_document_text_never_becomes_markup() -> None:
    sop = record(
        nama_sop=EVIL,
        nomor_sop=EVIL,
        instansi={"pemerintah": EVIL},
        pelaksana=(Pelaksana(nama=EVIL, lengkap=EVIL, kolom=1),),
        langkah=(langkah(1, EVIL, EVIL, keterangan=EVIL, output=EVIL),),
        alur=(),
        peringatan=(EVIL,),
    )
    page = Page(html_of(sop))
    assert not {"script", "img"} & set(page.tags)
    assert page.tags.count("style") == 1
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert sum("{{ 7*7 }}" in t for t in page.texts) > 5


def test_marks_and_legend_say_what_is_missing_and_inferred() -> None:
    grounds = {
        "/nama_sop": provenance(0.8, "inferred"),
        "/tanggal_revisi": provenance(0.0, "unread"),
    }
    sop = record(provenance=grounds)
    html = html_of(sop)
    assert 'Penerimaan Surat Masuk<sup class="mark" title="disimpulkan">†</sup>' in html
    assert '<span class="unread">[belum terbaca]</span></td>' in html
    assert '<span class="absent">[tidak ada]</span>' in html  # dasar hukum
    assert "disimpulkan dari bagian lain naskah" in html
    clean = html_of(sop, clean=True)
    assert "belum terbaca" not in clean
    assert "[tidak ada]" not in clean
    assert "<sup" not in clean
    assert "Disusun ulang" in html
    assert "Disusun ulang" not in clean


def test_a_remark_that_is_not_there_is_not_marked() -> None:
    assert html_of(record()).count("[tidak ada]") == 2  # tanggal revisi, dasar hukum


def test_a_record_without_steps_says_so() -> None:
    assert "[langkah belum terbaca]" in html_of(record(langkah=(), alur=(), pelaksana=()))


def test_rows_without_actor_are_greyed_and_told_once() -> None:
    steps = tuple(langkah(n, f"Menerima surat {n}") for n in range(1, 5))
    html = html_of(record(langkah=steps, alur=()))
    lanes = len(record().pelaksana)
    assert html.count('<td class="lane unsettled" title="Pelaksana belum terbaca">') == 4 * lanes
    assert html.count("pelaksana langkah 1–4 belum dapat dipastikan") == 1
    clean = html_of(record(langkah=steps, alur=()), clean=True)
    assert 'class="lane unsettled"' not in clean
    assert "belum dapat dipastikan" not in clean


def test_an_identity_that_nearly_fits_is_printed_smaller() -> None:
    def opening(items: int) -> str:
        html = html_of(record(peringatan=tuple(f"Butir {n}" for n in range(items))))
        return html[html.index("<section class") :][:40]

    assert opening(3).startswith('<section class="identity"')
    assert opening(18).startswith('<section class="identity dense"')
    assert opening(60).startswith('<section class="identity"')  # two pages in any case


def test_unsettled_rows_are_named_as_printed() -> None:
    first = record().pelaksana[0].nama
    steps = [langkah(n, "Menerima", *(() if n in {2, 3, 5} else (first,))) for n in range(1, 6)]
    assert print_unsettled(build_sheet(record(langkah=tuple(steps), alur=())).rows) == "2–3, 5"
    assert print_unsettled(()) == ""


def test_paper_and_repeated_head() -> None:
    html = html_of(record(), paper="F4")
    assert "size:330mm 215mm" in html
    assert "display:table-header-group" in html
    assert "break-inside:avoid" in html


def test_own_templates_come_first(tmp_path: Path) -> None:
    (tmp_path / "legend.html.j2").write_text("<p>Bagian Organisasi</p>", encoding="utf-8")
    html = html_of(record(), templates=tmp_path)
    assert "<p>Bagian Organisasi</p>" in html
    assert "Mutu Baku" in html


@pytest.mark.parametrize("text", ["{% if %}", "{{ nothing.at.all }}"])
def test_a_wrong_template_of_the_user_is_a_wrong_call(tmp_path: Path, text: str) -> None:
    (tmp_path / "legend.html.j2").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match="template in"):
        html_of(record(), templates=tmp_path)


def test_same_record_gives_the_same_bytes() -> None:
    sop = random_flow(11)
    assert html_of(sop) == html_of(sop)


def test_what_is_hidden_from_the_eye_is_the_symbols_signs_alone() -> None:
    """A row once shared its class with them: "Disahkan oleh" was there to read and not to see."""
    html = render(record(), "html", RenderSettings()).decode()
    hidden = re.findall(r"^\.([\w-]+)\{[^}]*clip-path:inset\(50%\)", html, re.MULTILINE)
    assert hidden == ["copied"]
    bearers = re.findall(r'<(\w+) class="[^"]*\bcopied\b[^"]*"[^>]*>([^<]*)<', html)
    assert {tag for tag, _ in bearers} == {"span"}
    assert all(len(text) == 1 for _, text in bearers)
    signature = html[html.index(">Disahkan oleh<") - 60 : html.index(">Disahkan oleh<")]
    assert 'class="sign"' in signature
