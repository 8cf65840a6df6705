"""The report's page in a real browser: every link, every filter, search, sorting, print."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pypdfium2 import PdfDocument

from sopextract.compare import compare, render_report
from sopextract.compare.page import render
from sopextract.compare.words import rule_title
from sopextract.model.record import Alur, DasarHukum, Provenance, SopRecord
from sopextract.settings import CompareSettings, LintSettings
from sopextract.validate import validate
from sopextract.validate.registry import find_rule
from tests.compare.browser import Opened, needs_browser, open_browser, open_report
from tests.compare.sheets import COPIED_STEPS, five, sheet
from tools.made_archive import make_archive

pytestmark = [pytest.mark.live, needs_browser]
EVIL = (
    '</script><script>window.broken=1</script><img src=x onerror="window.broken=2">{{7*7}}${7*7}'
    "\u202eterbalik\u2028baris <!-- عربي "
)


DIM_STEPS = (
    ("Membuka ruang penyimpanan", "Penjaga", "5 Menit", "Ruang terbuka"),
    ("Menyalakan lampu", "Penjaga", "1 Menit", "Lampu menyala"),
    ("Memindai barang", "Juru Pindai", "Sesuai jadwal", "Pindaian"),
)


def write(folder: Path, records: list[SopRecord], settings: CompareSettings) -> Path:
    checked = [r.with_findings(tuple(validate(r, LintSettings()))) for r in records]
    files = render_report(
        compare(checked, settings), checked, settings,
        sheets=[f"../sheets/{i}.html" for i in range(len(records))],
        notes=[f"catatan/{i}.docx" for i in range(len(records))],
    )  # fmt: skip
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def small_archive() -> list[SopRecord]:
    """The five sheets, a small archive, and one whose title and legal basis were not read."""
    unread = Provenance(page=1, method="unread", confidence=0.3)
    dim = sheet(
        "x/redup.pdf", "Dinas Sosial", "Pemerintah Kabupaten Banyumas", "Redup", DIM_STEPS
    ).model_copy(update={
        "nama_sop": None, "provenance": {"/nama_sop": unread, "/dasar_hukum": unread},
    })  # fmt: skip
    return [*five(), *make_archive(80, 5, agency_count=12), dim]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as found:
        yield found


@pytest.fixture(scope="module")
def report(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    folder = write(tmp_path_factory.mktemp("report"), small_archive(), CompareSettings())
    opened = open_report(browser, folder)
    opened.at("ringkasan")
    yield opened
    assert opened.requests == []
    assert opened.complaints == []


def links_of(report: Opened) -> list[str]:
    """Where the visible links lead, each once."""
    found: list[str] = report.page.eval_on_selector_all(
        "a[href]", "links => links.filter(a => a.offsetParent).map(a => a.getAttribute('href'))"
    )
    return list(dict.fromkeys(found))


def few(target: str, *known: Iterable[str]) -> bool:
    """Of one kind of address (sheets, laws, agencies) twenty are enough: one code draws all."""
    kind = re.sub(r"\d+", "", target)
    return sum(1 for some in known for t in some if re.sub(r"\d+", "", t) == kind) < 20


def test_every_link_leads_to_something(report: Opened) -> None:
    """From the summary on, all addresses that the page gives are opened, and theirs again."""
    seen: set[str] = set()
    waiting = ["#ringkasan", *(f"#{view}" for view in render.VIEWS)]
    while waiting:
        target = waiting.pop()
        if target in seen:
            continue
        seen.add(target)
        page = report.at(target[1:])
        heading = page.locator("main > section:visible h2").first.inner_text()
        assert heading, target
        assert "Tidak ada dalam laporan ini" not in heading, target
        fresh = [t for t in links_of(report) if t.startswith("#") and t not in seen]
        waiting += [t for t in fresh if t != "#isi" and few(t, seen, waiting)]
    kinds = {t.split("?")[0].partition("-")[0] for t in seen if "-" in t}
    assert kinds == {"#keluarga", "#sop", "#aturan", "#peraturan", "#salinan"}
    assert len(seen) > 80


def test_what_is_not_there_is_said(report: Opened) -> None:
    for address in ("keluarga-999", "sop-x", "peraturan-9999", "aturan-77777", "salinan-0"):
        page = report.at(address)
        assert page.locator("#rincian h2").inner_text() == "Tidak ada dalam laporan ini"
    assert report.at("nonsens").locator("#lihat-ringkasan").is_visible()


@pytest.mark.parametrize("view", [v for v in render.VIEWS if v != "ringkasan"])
def test_every_filter_narrows(report: Opened, view: str) -> None:
    """Every choice of every filter of a view is taken: the table follows, and it comes back."""
    page = report.at(view)
    whole = report.count(view)
    assert whole > 0
    selects = page.locator(f"#lihat-{view} .filters select")
    for i in range(selects.count()):
        select = selects.nth(i)
        values = select.locator("option").evaluate_all("os => os.map(o => o.value)")
        counts = []
        for value in values:
            select.select_option(value)
            counts.append(report.count(view))
            assert select.input_value() == value
        assert max(counts) <= whole
        if not (view == "kelengkapan" and i == 0):  # that one chooses columns, not rows
            assert min(counts) < whole, (view, i)
        select.select_option("")
        assert report.count(view) == whole
    for box in page.locator(f"#lihat-{view} .filters input[type=checkbox]").all():
        box.check()
        assert report.count(view) <= whole
        assert "=1" in page.url
        box.uncheck()
    assert report.count(view) == whole


@pytest.mark.parametrize("view", [v for v in render.VIEWS if v != "ringkasan"])
def test_search_and_agency_narrow_and_are_cleared(report: Opened, view: str) -> None:
    page = report.at(view)
    whole = report.count(view)
    page.fill("#cari", "tidak ada kata seperti ini")
    report.wait("location.hash.includes('cari=')")
    assert report.count(view) == 0
    page.click("#hapus")
    report.wait("!location.hash.includes('cari=')")
    assert report.count(view) == whole
    counts = set()
    for value in page.locator("#pd option").evaluate_all("os => os.map(o => o.value)"):
        page.select_option("#pd", value)
        counts.add(report.count(view))
    assert min(counts) < whole
    page.click("#hapus")
    report.wait("!location.hash.includes('pd=')")


def test_search_of_the_summary_leads_to_the_inventory(report: Opened) -> None:
    page = report.at("ringkasan")
    page.fill("#cari", "pemantauan internal")
    report.wait("location.hash.startsWith('#daftar?cari=pemantauan')")
    assert len(report.rows("daftar")) == 1
    assert page.input_value("#cari") == "pemantauan internal"
    page.click("#hapus")
    report.wait("location.hash === '#daftar'")


def test_search_finds_words_of_title_number_agency_and_path(report: Opened) -> None:
    page = report.at("daftar")
    for words, title in (
        ("pemantauan internal", "Pemantauan Capaian Kinerja Internal"),
        ("kab-c mekanisme", "Mekanisme Monitoring dan Evaluasi Kinerja"),
        ("PERHUBUNGAN sleman kinerja", "Pemantauan Capaian Kinerja Internal"),
    ):
        page.fill("#cari", words)
        report.wait(f"new URLSearchParams(location.hash.split('?')[1]).get('cari') === {words!r}")
        assert [row[2].splitlines()[0] for row in report.rows("daftar")] == [title]
    page.click("#hapus")


@pytest.mark.parametrize("view", [v for v in render.VIEWS if v != "ringkasan"])
def test_every_column_sorts_both_ways(report: Opened, view: str) -> None:
    page = report.at(view)
    buttons = page.locator(f"#tabel-{view} thead button")
    for i in range(buttons.count()):
        key = buttons.nth(i).get_attribute("data-urut")
        button = page.locator(f'#tabel-{view} thead button[data-urut="{key}"]')
        head = page.locator(f'#tabel-{view} th:has(button[data-urut="{key}"])')
        if head.get_attribute("aria-sort") is None:
            button.click()
        assert head.get_attribute("aria-sort") == "ascending"
        first = report.rows(view)
        button.click()
        assert head.get_attribute("aria-sort") == "descending"
        assert len(report.rows(view)) == len(first)
    assert page.locator(f"#tabel-{view} th[aria-sort]").count() == 1


def test_sorting_is_by_value_and_the_unknown_stand_last(report: Opened) -> None:
    report.at("daftar?urut=langkah")
    steps = [int(row[5]) for row in report.rows("daftar")]
    assert steps == sorted(steps)
    report.at("daftar?urut=-tanggal")
    last = report.page.locator("#tabel-daftar tbody tr").last
    assert len(report.rows("daftar")) == 50
    report.at("daftar?urut=-tanggal&hal=2")
    assert "kosong" in last.inner_text() or "belum terbaca" in last.inner_text()


def test_pages_of_a_table(report: Opened) -> None:
    page = report.at("daftar")
    first = report.rows("daftar")
    assert page.locator("#lihat-daftar .pager").inner_text().split("\n")[2] == "Halaman 1 dari 2"
    page.click("#lihat-daftar .pager button[data-hal=next]")
    second = report.rows("daftar")
    assert len(first) + len(second) == 86
    assert first[0] not in second
    assert "hal=2" in page.url
    assert page.locator("#lihat-daftar .pager button[data-hal=last]").is_disabled()
    page.click("#lihat-daftar .pager button[data-hal=first]")
    assert report.rows("daftar") == first


def test_unread_is_told_apart_from_empty(report: Opened) -> None:
    report.at("daftar?cari=redup")
    assert "belum terbaca" in report.rows("daftar")[0][2]
    page = report.at("sop-85")
    assert page.locator(".items li", has_text="Nama SOP").inner_text().endswith("belum terbaca")
    assert page.locator(".items li", has_text="Tanggal Revisi").inner_text().endswith("kosong")
    assert page.locator(".note.doubt", has_text="dasar hukum belum terbaca").count() == 1


def test_a_family_side_by_side(report: Opened) -> None:
    page = report.at("daftar?cari=pemantauan internal")
    page.locator("#tabel-daftar tbody tr td").last.locator("a").click()
    page.wait_for_selector("table.steps")
    cells = page.locator("table.steps tbody tr").nth(1).locator("td")
    assert cells.nth(0).inner_text().startswith(("2. Meminta", "acuan"))
    marked = cells.nth(1).locator("mark, del").all_inner_texts()
    assert marked
    assert "Kasubag" in cells.nth(1).inner_text()
    whole = page.locator("table.steps tbody tr").count()
    page.locator(".aligned label.tick input").check()
    assert 0 < page.locator("table.steps tbody tr").count() < whole
    flows = page.locator(".flows svg")
    assert flows.count() == 2
    assert flows.first.locator("g.symbol").count() == 13
    rows = page.locator(".flows svg").evaluate_all(
        "all => all.map(s => [...s.querySelectorAll('rect.row')].map(r => r.getAttribute('y')))"
    )
    assert rows[0][:3] == rows[1][:3]  # the same work at the same height


LABELS = """picture => {
  const symbols = [...picture.querySelectorAll('g.symbol')].map(one => one.getBBox());
  const labels = [...picture.querySelectorAll('text.label')];
  const boxes = labels.map(one => one.getBBox()), wide = picture.viewBox.baseVal.width;
  const meet = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width
    && a.y < b.y + b.height && b.y < a.y + a.height;
  return labels.map((label, i) => [label.textContent, boxes[i].x >= 0
    && boxes[i].x + boxes[i].width <= wide, boxes.some((b, k) => k !== i && meet(b, boxes[i])),
    symbols.some(s => boxes[i].x < s.x + s.width && s.x < boxes[i].x + boxes[i].width
      && Math.abs(boxes[i].y + boxes[i].height / 2 - s.y - s.height / 2) < 9)]);
}"""


def test_labels_of_a_flow_cover_neither_symbols_nor_one_another(
    browser: Browser, tmp_path: Path
) -> None:
    """The decision stands in the last lane, and both its arrows go to the left."""
    steps = tuple(
        (f"Menyusun naskah {n}", actor, "1 Hari", "Naskah")
        for n, actor in enumerate(("Staf", "Sekretaris", "Kepala Dinas", "Staf", "Staf"), 1)
    )
    edges = (
        Alur(dari=3, ke=2, label="Tidak", label_teks="tidak setuju", basis="drawn"),
        Alur(dari=3, ke=5, label="Ya", label_teks="setuju", basis="drawn"),
    )
    made = sheet("a.pdf", "Dinas Sosial", "Pemerintah Kota Salatiga", "Naskah", steps, alur=edges)
    opened = open_report(browser, write(tmp_path, [made], CompareSettings()))
    page = opened.at("sop-0")
    page.wait_for_selector("svg.flow")
    assert page.locator("svg.flow").first.evaluate(LABELS) == [
        ["tidak setuju", True, False, False],
        ["setuju", True, False, False],
    ]


def test_members_of_a_large_family_are_shown_some_at_a_time(report: Opened) -> None:
    report.at("keluarga?urut=lembar")
    page = report.page
    page.locator("#tabel-keluarga tbody th a").first.click()
    page.wait_for_selector("table.steps")
    heads = page.locator("table.steps thead th")
    count = page.locator("#tabel-anggota tbody tr").count()
    assert count > 6
    assert heads.count() == 7  # number of the row, reference, five others
    second = heads.nth(2).inner_text()
    page.click("button[data-geser=next]")
    assert heads.nth(2).inner_text() != second
    page.click("button[data-geser=previous]")
    assert heads.nth(2).inner_text() == second
    page.click("button[data-geser=all]")
    assert heads.count() == count + 1
    assert page.locator(".flows svg").count() == count


def test_files_beside_the_page_are_linked(report: Opened) -> None:
    report.at("sop-3")
    assert {"../sheets/3.html", "catatan/3.docx", "comparison.xlsx"} <= set(links_of(report))


def test_keyboard_reaches_and_sorts(report: Opened) -> None:
    page = report.at("temuan")
    page.focus("#tabel-temuan thead button[data-urut=jumlah]")
    page.keyboard.press("Enter")
    assert page.locator("#tabel-temuan th[aria-sort=ascending]").inner_text().startswith("Jumlah")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") in ("BUTTON", "A")
    names = page.eval_on_selector_all(
        "button, select, input",
        "all => all.filter(e => e.offsetParent && !e.innerText && !e.labels?.length)",
    )
    assert names == []


def test_tables_have_captions_and_scopes(report: Opened) -> None:
    for view in render.VIEWS:
        report.at(view)
    bare = report.page.eval_on_selector_all(
        "table",
        "all => all.filter(t => !t.caption || t.querySelector('th:not([scope])')).map(t => t.id)",
    )
    assert bare == []
    assert report.page.locator("html").get_attribute("lang") == "id"
    assert report.page.locator("h1").count() == 1


def test_texts_have_contrast(report: Opened) -> None:
    """4.5 to 1 or more (WCAG 2.2, 1.4.3), each text against the ground that it stands on."""
    for address in ("ringkasan", "daftar", "hukum", "kelengkapan", "sop-3", "salinan-1"):
        page = report.at(address)
        assert page.evaluate(CONTRAST) == [], address


CONTRAST = """() => {
  const channel = v => v <= 10 ? v / 255 / 12.92 : ((v / 255 + .055) / 1.055) ** 2.4;
  const light = c => .2126 * channel(c[0]) + .7152 * channel(c[1]) + .0722 * channel(c[2]);
  const colour = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const said = e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
  function ground(element) {
    for (let e = element; e; e = e.parentElement) {
      const found = colour(getComputedStyle(e).backgroundColor);
      if (found.length === 3 || found[3] > 0) return found;
    }
    return [255, 255, 255];
  }
  const found = new Set();
  for (const e of document.querySelectorAll("main *, nav *, header *")) {
    if (!e.offsetParent || e.disabled || !said(e)) continue;
    const a = light(colour(getComputedStyle(e).color)), b = light(ground(e));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) found.add(e.className + ": " + e.textContent.slice(0, 30));
  }
  return [...found];
}"""


def test_nothing_is_wider_than_a_phone(browser: Browser, tmp_path: Path) -> None:
    folder = write(tmp_path, small_archive()[:20], CompareSettings())
    opened = open_report(browser, folder, width=360, height=740)
    for address in (*render.VIEWS, "keluarga-1", "sop-2", "salinan-1"):
        page = opened.at(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, address
    assert opened.complaints == []


def test_print_shows_all_rows_and_no_controls(report: Opened) -> None:
    page = report.at("daftar")
    page.emulate_media(media="print")
    report.wait("document.querySelectorAll('#tabel-daftar tbody tr').length === 86")
    assert not page.locator("#menu").is_visible()
    assert not page.locator("#saring").is_visible()
    data = page.pdf(prefer_css_page_size=True)
    page.emulate_media(media="screen")
    report.wait("document.querySelectorAll('#tabel-daftar tbody tr').length === 50")
    document = PdfDocument(data)
    texts = [document[i].get_textpage().get_text_range() for i in range(len(document))]
    assert "Pemantauan Capaian Kinerja Internal" in " ".join("".join(texts).split())
    assert all("Nomor SOP" in text for text in texts[1:-1])  # heads repeat


def test_english_page(browser: Browser, tmp_path: Path) -> None:
    folder = write(tmp_path, five(), CompareSettings(lang="en"))
    opened = open_report(browser, folder)
    page = opened.at("keluarga-1")
    assert (
        page.locator("h2:visible").first.inner_text()
        == "Monitoring Evaluasi Kinerja secara periodik"
    )
    assert page.locator("h3", has_text="Steps side by side").count() == 1
    for view in render.VIEWS:
        opened.at(view)
    opened.at("temuan")
    rows = opened.rows("temuan")
    assert len(rows) > 5
    for rule, asks, *_ in rows:
        own = find_rule(rule)
        assert own
        assert asks.splitlines()[:2] == [rule_title("en", rule), own.summary]
    told = opened.at("sop-3").locator("ul.findings li").first.inner_text()
    assert any(f": {rule_title('en', rule)} – " in told for rule, *_ in rows)
    assert opened.complaints == []


def test_a_number_breaks_after_its_marks_only(browser: Browser, tmp_path: Path) -> None:
    records = five()
    number = "B/000.8.3.3/0123/DISPERPUSIP-SEKRETARIAT/XII/2024"
    records[3] = records[3].model_copy(update={"nomor_sop": number})
    opened = open_report(browser, write(tmp_path, records, CompareSettings()), width=900)
    opened.at("daftar")
    row = next(r for r in opened.rows("daftar") if number in r[1].replace("\n", ""))
    assert row[1] == number
    lines = opened.page.evaluate(
        """(number) => {
        const cell = [...document.querySelectorAll("#tabel-daftar td.code bdi")]
            .find((one) => one.textContent === number);
        const found = new Map();
        for (const node of cell.childNodes) {
            const range = document.createRange(); range.selectNodeContents(node);
            for (const box of range.getClientRects())
                if (node.nodeType === 3)
                    found.set(node.textContent, (found.get(node.textContent) || 0) + 1);
        }
        return [...found];
    }""",
        number,
    )
    assert len(lines) > 5
    assert {count for _, count in lines} == {1}  # no part stands on two lines


@pytest.mark.parametrize("data", ["plain", "packed"])
def test_hostile_texts_stay_literal(
    browser: Browser, tmp_path: Path, data: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if data == "packed":
        monkeypatch.setattr(render, "PLAIN_MAX", 0)
    steps = tuple((EVIL + k, EVIL + a, t, EVIL + o) for k, a, t, o in COPIED_STEPS)
    long = "panjang " * 625  # 5,000 letters
    records = [
        sheet(f"{i}/{EVIL}.txt", f"{EVIL}{i}", EVIL, long if i == 2 else EVIL + "Monev", steps,
              nomor_sop="javascript:alert(1)",
              dasar_hukum=(DasarHukum(teks=EVIL, tentang=EVIL, id="x/1/1"),))
        for i in range(3)
    ]  # fmt: skip
    folder = write(tmp_path, records, CompareSettings())
    assert b"data-packed>" in (folder / "index.html").read_bytes() or data == "plain"
    opened = open_report(browser, folder)
    for address in (*render.VIEWS, "sop-0", "sop-2", "keluarga-1", "salinan-1", "peraturan-0"):
        page = opened.at(address)
        assert page.evaluate("window.broken") is None
        assert page.locator("main img:not([src^='data:image/svg+xml'])").count() == 0
    shown = opened.at("sop-0").locator("#rincian h2").inner_text()
    assert shown.startswith("</script><script>window.broken=1</script><img src=x")
    assert "{{7*7}}${7*7}terbalik" in shown
    assert opened.at("sop-2").evaluate("document.documentElement.scrollWidth") <= 1280
    assert opened.complaints == []
    assert opened.requests == []
