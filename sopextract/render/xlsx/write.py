"""The sheet as an Excel workbook: identity, flow with shapes, steps as a table."""

from __future__ import annotations

from collections.abc import Sequence

from sopextract.model.record import SopRecord
from sopextract.render.changes import changes_of
from sopextract.render.form import Logo
from sopextract.render.office import XML_HEAD, core_properties, pack_zip, xml_text
from sopextract.render.prepare import place_sheet
from sopextract.render.xlsx.grid import RELATIONS, Sheet
from sopextract.render.xlsx.sheets import changes_sheet, flow_sheet, identity_sheet, steps_sheet
from sopextract.render.xlsx.styles import MAIN, Styles
from sopextract.settings import RenderSettings

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def render_xlsx(record: SopRecord, settings: RenderSettings) -> bytes:
    """The sheet as XLSX. Raises ConfigError when the user's own form is wrong."""
    placed = place_sheet(record, settings)
    styles = Styles()
    sheets = [
        identity_sheet(placed, styles),
        flow_sheet(placed, styles),
        steps_sheet(placed.record, placed, styles),
    ]
    if settings.changes:
        sheets.append(changes_sheet(changes_of(record), placed, styles))
    title = f"SOP {placed.sheet.title or 'tanpa nama'}"
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _content_types(sheets),
        "_rels/.rels": _relations(
            {
                "rId1": (f"{RELATIONS}/officeDocument", "xl/workbook.xml"),
                "rId2": (
                    f"{_PACKAGE}/relationships/metadata/core-properties",
                    "docProps/core.xml",
                ),
            }
        ),
        "docProps/core.xml": core_properties(title, placed.sheet.nomor, settings.epoch_s),
        "xl/workbook.xml": _workbook(sheets),
        "xl/_rels/workbook.xml.rels": _relations(
            {
                **{
                    f"rId{i}": (f"{RELATIONS}/worksheet", f"worksheets/sheet{i}.xml")
                    for i in range(1, len(sheets) + 1)
                },
                "rIdStyles": (f"{RELATIONS}/styles", "styles.xml"),
            }
        ),
    }
    for number, sheet in enumerate(sheets, 1):
        parts |= _sheet_parts(number, sheet, placed.form.logo)
    parts["xl/styles.xml"] = styles.part()
    return pack_zip(parts, settings.epoch_s)


def _sheet_parts(number: int, sheet: Sheet, logo: Logo | None) -> dict[str, str | bytes]:
    parts: dict[str, str | bytes] = {f"xl/worksheets/sheet{number}.xml": sheet.part()}
    relations: dict[str, tuple[str, str]] = {}
    if sheet.drawing:
        relations["rIdDrawing"] = (f"{RELATIONS}/drawing", f"../drawings/drawing{number}.xml")
        parts[f"xl/drawings/drawing{number}.xml"] = sheet.drawing
        if logo and "rIdLogo" in sheet.drawing:
            name = f"logo.{logo.kind}"
            parts[f"xl/drawings/_rels/drawing{number}.xml.rels"] = _relations(
                {"rIdLogo": (f"{RELATIONS}/image", f"../media/{name}")}
            )
            parts[f"xl/media/{name}"] = logo.data
    if sheet.table:
        relations["rIdTable"] = (f"{RELATIONS}/table", f"../tables/table{number}.xml")
        parts[f"xl/tables/table{number}.xml"] = sheet.table
    if relations:
        parts[f"xl/worksheets/_rels/sheet{number}.xml.rels"] = _relations(relations)
    return parts


def _relations(found: dict[str, tuple[str, str]]) -> str:
    parts = "".join(
        f'<Relationship Id="{id_}" Type="{kind}" Target="{target}"/>'
        for id_, (kind, target) in found.items()
    )
    return f'{XML_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{parts}</Relationships>'


def _workbook(sheets: Sequence[Sheet]) -> str:
    names = "".join(
        f'<sheet name="{xml_text(s.name)}" sheetId="{i}" r:id="rId{i}"/>'
        for i, s in enumerate(sheets, 1)
    )
    titles = "".join(
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{i}">'
        f"'{xml_text(s.name)}'!$1:${s.frozen}</definedName>"
        for i, s in enumerate(sheets)
        if s.frozen
    )
    areas = "".join(
        f'<definedName name="_xlnm.Print_Area" localSheetId="{i}">'
        f"'{xml_text(s.name)}'!{s.print_area}</definedName>"
        for i, s in enumerate(sheets)
        if s.print_area
    )
    return (
        f'{XML_HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><bookViews><workbookView/>'
        f"</bookViews><sheets>{names}</sheets><definedNames>{areas}{titles}</definedNames></workbook>"
    )


def _content_types(sheets: Sequence[Sheet]) -> str:
    parts = {"xl/workbook.xml": f"{_SHEET}.sheet.main+xml", "xl/styles.xml": f"{_SHEET}.styles+xml"}
    for number, sheet in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{number}.xml"] = f"{_SHEET}.worksheet+xml"
        if sheet.drawing:
            parts[f"xl/drawings/drawing{number}.xml"] = (
                "application/vnd.openxmlformats-officedocument.drawing+xml"
            )
        if sheet.table:
            parts[f"xl/tables/table{number}.xml"] = f"{_SHEET}.table+xml"
    parts["docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in parts.items()
    )
    return (
        f'{XML_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        f'<Default Extension="jpeg" ContentType="image/jpeg"/>{overrides}</Types>'
    )
