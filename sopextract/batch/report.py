"""The report on a run: a page for people, in Bahasa Indonesia, and the same figures as JSON."""

from __future__ import annotations

import json
import shlex
from dataclasses import asdict
from pathlib import Path, PurePosixPath

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from sopextract.batch.run import Batch
from sopextract.batch.summary import PAGE, POOR, Summary, summarise
from sopextract.batch.wording import in_indonesian
from sopextract.core.resources import templates_dir
from sopextract.core.text import strip_controls
from sopextract.model.outcome import Status
from sopextract.store import save_bytes

FIGURES = PurePosixPath(".sopextract/run.json")

_STATES = {
    Status.OK: "Terbaca",
    Status.PARTIAL: "Terbaca sebagian",
    Status.SAME_AS: "Sama dengan berkas lain",
    Status.NOT_A_SOP: "Bukan SOP",
    Status.UNSUPPORTED: "Format tidak didukung",
    Status.FAILED: "Gagal dibaca",
    Status.CRASHED: "Gagal karena kesalahan program",
    Status.TIMED_OUT: "Melewati batas waktu",
    Status.OUT_OF_MEMORY: "Melewati batas memori",
    Status.PENDING: "Belum diperiksa",
    Status.GONE: "Sudah tidak ada",
}
_STAGES = {
    "open": "Membuka dan menghitung sidik berkas",
    "ingest": "Membaca halaman",
    "parse": "Mengurai formulir",
    "check": "Memeriksa aturan",
    "write": "Menulis rekaman",
}
_RESIDUE = {
    "word": "kata",
    "symbol": "simbol",
    "connector": "garis alir",
    "stroke": "garis",
    "picture": "gambar",
}
_SEVERITIES = {"error": "kesalahan", "warning": "peringatan", "info": "informasi"}


def write_run_report(batch: Batch, elapsed_s: float, tried: int) -> Path:
    """Write both files for all that the ledger knows; the page's path.

    `elapsed_s` and `tried` are of the run that has just ended. Raises OutputError when the disk is
    full.
    """
    summary = summarise(batch.ledger.rows())
    values = {"elapsed_s": round(elapsed_s, 3), "tried": tried, **asdict(summary)}
    data = json.dumps(values, ensure_ascii=False, indent=2)
    save_bytes(data.encode("utf-8", "backslashreplace") + b"\n", batch.output, FIGURES)
    page = render_page(summary, elapsed_s, tried, batch.output)
    save_bytes(page.encode("utf-8", "backslashreplace"), batch.output, PAGE)
    return batch.output / PAGE


def render_page(summary: Summary, elapsed_s: float, tried: int, output: Path) -> str:
    """The page. All that comes from documents and names of files is escaped."""
    env = Environment(
        loader=FileSystemLoader(templates_dir() / "batch"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: strip_controls(value) if isinstance(value, str) else value,
    )
    env.filters.update(angka=_number, detik=_seconds, ucap=in_indonesian)
    return env.get_template("run.html.j2").render(
        summary=summary, elapsed_s=elapsed_s, tried=tried, folder=output.name, poor=POOR,
        states=_STATES, stages=_STAGES, residue=_RESIDUE, severities=_SEVERITIES,
        advice=_advice(summary, output), log=(output / ".sopextract" / "run.log").is_file(),
    )  # fmt: skip


def _advice(summary: Summary, output: Path) -> list[tuple[str, str]]:
    """What to do next: a sentence, and the command or option that does it, "" for none."""
    states = dict(summary.states)
    steps: list[tuple[str, str]] = []
    if states.get(Status.PENDING):
        steps.append(("Pemeriksaan belum selesai: jalankan lagi perintah yang sama.", ""))
    limits = states.get(Status.TIMED_OUT, 0) + states.get(Status.OUT_OF_MEMORY, 0)
    if limits:
        steps.append((
            f"{limits} berkas melewati batas waktu atau memori. Bila berkasnya memang baik, "
            "naikkan batasnya di bagian [batch] berkas sopextract.toml, lalu baca lagi.",
            "--retry-failed",
        ))  # fmt: skip
    if states.get(Status.CRASHED):
        steps.append((
            "Laporkan kesalahan program beserta isi run.log; berkas lain tidak terpengaruh.",
            "",
        ))  # fmt: skip
    if states.get(Status.FAILED) or states.get(Status.UNSUPPORTED):
        steps.append((
            "Perbaiki berkas yang gagal menurut daftar di bawah, lalu jalankan lagi perintah yang "
            "sama: hanya yang berubah yang dibaca.",
            "",
        ))  # fmt: skip
    if summary.poor:
        steps.append((
            "Pindai ulang halaman yang sulit dibaca: 300 titik per inci, lurus dan terang merata.",
            "",
        ))  # fmt: skip
    if dict(summary.findings):
        steps.append(("Lihat temuan tiap lembar.", f"sopextract lint {shlex.quote(str(output))}"))
    if states.get(Status.GONE):
        steps.append((
            "Berkas yang sudah tidak ada masih mempunyai rekaman; hapus rekamannya bila memang "
            "tidak diperlukan lagi.", "--remove-gone",
        ))  # fmt: skip
    return steps


def _number(value: float, digits: int = 0) -> str:
    """A number as Indonesian writes it: 1.234,5."""
    return f"{value:,.{digits}f}".translate(str.maketrans(",.", ".,"))


def _seconds(value: float) -> str:
    """A span of time, in the unit that fits."""
    if value < 60:
        return f"{_number(value, 1 if value >= 1 else 2)} detik"
    if value < 3600:
        return f"{_number(value / 60, 1)} menit"
    return f"{_number(value / 3600, 1)} jam"
