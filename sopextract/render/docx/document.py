"""The parts of a Word document around its text: styles, numbering, footers, pictures."""

from __future__ import annotations

from dataclasses import dataclass, field

from sopextract.render.docx.shapes import ShapeIds
from sopextract.render.docx.words import FONT, Look, paragraph, run
from sopextract.render.form import Form
from sopextract.render.office import XML_HEAD, core_properties, emu, pack_zip, twips
from sopextract.render.sheet.identity import INDENT_MM, LOGO_GAP_MM, LOGO_MM
from sopextract.render.sheet.paper import BOTTOM_MM, SIDE_MM, TOP_MM, Paper

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    }.items()
)
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
FOOTER_MM = 6.0
_FOOT_INK = "444444"


@dataclass(slots=True)
class Document:
    """Collects what the text of a document refers to: lists, footers, the logo."""

    ids: ShapeIds = field(default_factory=ShapeIds)
    lists: int = 0
    footers: list[str] = field(default_factory=list)
    picture: tuple[bytes, str] | None = None
    bookmarks: int = 0

    def numbering(self) -> int:
        """A list that counts from 1."""
        self.lists += 1
        return self.lists

    def heading(
        self, text: str, size_pt: float, after_mm: float, *, level: int = 1, mark: str = ""
    ) -> str:
        """A heading; `mark` names it for tables of contents."""
        align = "center" if level == 1 else "left"
        look = Look(size_pt, bold=True, align=align, after_mm=after_mm, keep=True)
        style = f'<w:pPr><w:pStyle w:val="Heading{level}"/>'
        if not mark:
            body = run(text, size_pt, bold=True)
            return paragraph(body, look).replace("<w:pPr>", style, 1)
        self.bookmarks += 1
        body = (
            f'<w:bookmarkStart w:id="{self.bookmarks}" w:name="{mark}"/>'
            f'{run(text, size_pt, bold=True)}<w:bookmarkEnd w:id="{self.bookmarks}"/>'
        )
        return paragraph(body, look).replace("<w:pPr>", style, 1)

    def logo(self, form: Form, above_mm: float) -> str:
        """The agency's emblem in the text, or the frame to paste it into."""
        width, height = form.logo.fit(*LOGO_MM) if form.logo else LOGO_MM
        number = self.ids.take()
        size = f'cx="{emu(width)}" cy="{emu(height)}"'
        if form.logo:
            self.picture = (form.logo.data, form.logo.kind)
            uri = "http://schemas.openxmlformats.org/drawingml/2006/picture"
            graphic = (
                f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="Lambang"/><pic:cNvPicPr/>'
                '</pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdLogo"/><a:stretch><a:fillRect/>'
                f'</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/>'
                '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
            )
        else:
            uri = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
            graphic = _frame(form.logo_text, size)
        drawing = (
            f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
            f'<wp:docPr id="{number}" name="Lambang {number}" descr="Lambang"/>'
            f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{uri}">{graphic}'
            "</a:graphicData></a:graphic></wp:inline></w:drawing>"
        )
        if not form.logo:
            drawing = (
                f'<mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice>'
                "<mc:Fallback/></mc:AlternateContent>"
            )
        look = Look(8.0, align="center", before_mm=above_mm, after_mm=LOGO_GAP_MM)
        return paragraph(f"<w:r><w:rPr><w:noProof/></w:rPr>{drawing}</w:r>", look)

    def section(self, paper: Paper, running: str, side_mm: float = SIDE_MM) -> str:
        """The properties of a section on this paper with a footer that says `running`."""
        self.footers.append(_footer(running, paper.width_mm - 2 * side_mm))
        turned = ' w:orient="landscape"' if paper.width_mm > paper.height_mm else ""
        side, foot = twips(side_mm), twips(FOOTER_MM)
        return (
            f'<w:sectPr><w:footerReference w:type="default" r:id="rIdFoot{len(self.footers)}"/>'
            f'<w:pgSz w:w="{twips(paper.width_mm)}" w:h="{twips(paper.height_mm)}"{turned}/>'
            f'<w:pgMar w:top="{twips(TOP_MM)}" w:right="{side}" w:bottom="{twips(BOTTOM_MM)}" '
            f'w:left="{side}" w:header="{foot}" w:footer="{foot}" w:gutter="0"/></w:sectPr>'
        )

    def relations(self) -> dict[str, tuple[str, str]]:
        """Relation ids with kind and target, beyond those that every document has."""
        found = {
            f"rIdFoot{i}": ("footer", f"footer{i}.xml") for i in range(1, len(self.footers) + 1)
        }
        if self.picture:
            found["rIdLogo"] = ("image", f"media/logo.{self.picture[1]}")
        return found

    def own_parts(self) -> dict[str, str | bytes]:
        """Footers and the logo."""
        parts: dict[str, str | bytes] = {
            f"word/footer{i}.xml": text for i, text in enumerate(self.footers, 1)
        }
        if self.picture:
            parts[f"word/media/logo.{self.picture[1]}"] = self.picture[0]
        return parts

    def file(self, body: str, section: str, title: str, subject: str, epoch_s: int) -> bytes:
        """The whole document: its text with the properties of its last section."""
        relations = {
            "rIdStyles": ("styles", "styles.xml"),
            "rIdNumbering": ("numbering", "numbering.xml"),
            "rIdSettings": ("settings", "settings.xml"),
            "rIdFonts": ("fontTable", "fontTable.xml"),
            **self.relations(),
        }
        parts: dict[str, str | bytes] = {
            "[Content_Types].xml": _content_types(self),
            "_rels/.rels": _PACKAGE_RELATIONS,
            "docProps/core.xml": core_properties(title, subject, epoch_s),
            "docProps/app.xml": _APP,
            "word/document.xml": (
                f"{XML_HEAD}<w:document {NAMESPACES}><w:body>{body}{section}</w:body></w:document>"
            ),
            "word/_rels/document.xml.rels": _relations(relations),
            "word/styles.xml": _STYLES,
            "word/numbering.xml": self.numbering_part(),
            "word/settings.xml": _SETTINGS,
            "word/fontTable.xml": _FONTS,
            **self.own_parts(),
        }
        return pack_zip(parts, epoch_s)

    def numbering_part(self) -> str:
        """`word/numbering.xml`: one form, and a list for each that counts from 1."""
        indent = twips(INDENT_MM)
        lists = "".join(
            f'<w:num w:numId="{i}"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
            '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
            for i in range(1, self.lists + 1)
        )
        return (
            f'{XML_HEAD}<w:numbering {_W}><w:abstractNum w:abstractNumId="0">'
            '<w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/><w:pPr>'
            f'<w:ind w:left="{indent}" w:hanging="{indent}"/></w:pPr></w:lvl></w:abstractNum>'
            f"{lists}</w:numbering>"
        )


def _frame(text: str, size: str) -> str:
    """An empty frame that says what belongs into it."""
    look = Look(7.0, align="center")
    return (
        f'<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/>'
        '<a:ln w="6350"><a:solidFill><a:srgbClr val="777777"/></a:solidFill>'
        '<a:prstDash val="dash"/></a:ln></wps:spPr><wps:txbx><w:txbxContent>'
        f"{paragraph(run(text, 7.0, ink='666666'), look)}</w:txbxContent></wps:txbx>"
        '<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/></wps:wsp>'
    )


def field_code(code: str, shown: str, size_pt: float, ink: str = "") -> str:
    """A field of Word with what it shows until it is computed."""
    fill = run(shown, size_pt, ink=ink)
    return f'<w:fldSimple w:instr=" {code} ">{fill}</w:fldSimple>'


def _footer(running: str, width_mm: float) -> str:
    size = 7.0
    tab = twips(width_mm)
    ink = _FOOT_INK
    runs = (
        run(running, size, ink=ink)
        + "<w:r><w:tab/></w:r>"
        + run("Halaman ", size, ink=ink)
        + field_code("PAGE", "1", size, ink)
        + run(" dari ", size, ink=ink)
        + field_code("NUMPAGES", "1", size, ink)
    )
    return (
        f'{XML_HEAD}<w:ftr {NAMESPACES}><w:p><w:pPr><w:tabs><w:tab w:val="right" w:pos="{tab}"/>'
        f'</w:tabs><w:spacing w:before="0" w:after="0"/></w:pPr>{runs}</w:p></w:ftr>'
    )


def _relations(found: dict[str, tuple[str, str]]) -> str:
    parts = "".join(
        f'<Relationship Id="{id_}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for id_, (kind, target) in found.items()
    )
    return (
        f'{XML_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships">{parts}</Relationships>'
    )


def _content_types(document: Document) -> str:
    parts = {
        "word/document.xml": "document.main+xml",
        "word/styles.xml": "styles+xml",
        "word/numbering.xml": "numbering+xml",
        "word/settings.xml": "settings+xml",
        "word/fontTable.xml": "fontTable+xml",
        **{f"word/footer{i}.xml": "footer+xml" for i in range(1, len(document.footers) + 1)},
    }
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{_CONTENT}.{kind}"/>'
        for name, kind in parts.items()
    )
    return (
        f'{XML_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        f'<Default Extension="jpeg" ContentType="image/jpeg"/>{overrides}'
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-'
        'package.core-properties+xml"/><Override PartName="/docProps/app.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>'
    )


_PACKAGE_RELATIONS = (
    f'{XML_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    f'relationships"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" '
    'Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/'
    'package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/extended-properties" Target="docProps/app.xml"/>'
    "</Relationships>"
)
_APP = (
    f'{XML_HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    'extended-properties"><Application>sopextract</Application></Properties>'
)
_FONTS = (
    f'{XML_HEAD}<w:fonts {_W}><w:font w:name="{FONT}"><w:altName w:val="Liberation Sans"/>'
    '<w:panose1 w:val="020B0604020202020204"/><w:charset w:val="00"/><w:family w:val="swiss"/>'
    '<w:pitch w:val="variable"/></w:font></w:fonts>'
)
# Mode 15 is Word 2013 and later; without it Word says "Compatibility Mode"
_SETTINGS = (
    f'{XML_HEAD}<w:settings {_W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting '
    'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    '</w:compat><w:themeFontLang w:val="id-ID"/><w:decimalSymbol w:val=","/>'
    '<w:listSeparator w:val=";"/></w:settings>'
)
_STYLES = (
    f"{XML_HEAD}<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr>"
    f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    '<w:sz w:val="20"/><w:szCs w:val="20"/><w:lang w:val="id-ID" w:eastAsia="id-ID" '
    'w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
    '<w:spacing w:before="0" w:after="0"/></w:pPr></w:pPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    "<w:qFormat/></w:style>"
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/>'
    '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/>'
    '<w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="28"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/>'
    '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/>'
    '<w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/><w:sz w:val="22"/></w:rPr></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" '
    'w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    "</w:style></w:styles>"
)
