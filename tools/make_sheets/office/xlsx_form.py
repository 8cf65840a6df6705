"""The identity part on a worksheet, over the columns of the step table."""

from __future__ import annotations

import datetime
import random

from openpyxl.utils import get_column_letter

from tools.make_sheets.form import PAIRS, items, label, upper_agency
from tools.make_sheets.office.docx_form import signature
from tools.make_sheets.office.logo import make_logo
from tools.make_sheets.office.measure import text_height
from tools.make_sheets.office.place import Box
from tools.make_sheets.office.xlsx_drawing import picture
from tools.make_sheets.office.xlsx_page import Page
from tools.make_sheets.office.xlsx_style import XlsxStyle
from tools.make_sheets.sheet import Sheet, When
from tools.make_sheets.wording import Words

_DATE_FORMATS = ("d mmmm yyyy", "[$-421]dd mmmm yyyy;@", "dd/mm/yyyy", "[$-3809]dd mmmm yyyy;@")
_MONTH_FORMATS = ("mmmm yyyy", "[$-421]mmmm yyyy;@")


class XlsxForm:
    """Writes identity parts as one author does."""

    def __init__(self, rng: random.Random, words: Words, style: XlsxStyle) -> None:
        self.rng, self.words, self.style = rng, words, style

    def write(self, page: Page, sheet: Sheet, spans: list[tuple[int, int]]) -> None:
        first, last = spans[0][0], spans[-1][1]
        middle = self._cut(page, spans, self.rng.uniform(0.5, 0.58))
        value = max(middle + 1, self._cut(page, spans, 0.72))
        size = self.style.size_pt
        top = page.row
        signed = signature(self.rng, sheet)
        facts: list[tuple[str, object, str]] = [
            (label(self.rng, self.words, "nomor_sop"), sheet.nomor, "General")
        ]
        for key, when in sheet.dates.items():
            shown, form = self._date(when)
            facts.append((label(self.rng, self.words, key), shown, form))
        facts.append((label(self.rng, self.words, "disahkan_oleh"), "\n".join(signed), "General"))
        facts.append((label(self.rng, self.words, "nama_sop"), sheet.nama, "General"))
        for name, shown, form in facts:
            text = str(shown or "")
            high = max(15.0, text_height(text, page.width(value, last) - 6, size) + 4)
            row = page.add_row(high)
            is_signed = "\n" in text
            if text == sheet.nama:
                page.nama = f"{get_column_letter(value + 1)}{row + 1}"
            page.put((row, middle, row, value - 1), name)
            page.put(
                (row, value, row, last),
                shown or None,
                number_format=form,
                align="center" if is_signed else "left",
                bold=text == sheet.nama,
            )
        self._agency(page, sheet, (top, first, page.row - 1, middle - 1))
        for pair in PAIRS:
            row = page.add_row(15)
            for key, left, right in ((pair[0], first, middle - 1), (pair[1], middle, last)):
                page.put(
                    (row, left, row, right),
                    label(self.rng, self.words, key),
                    bold=True,
                    fill=self.style.head_fill,
                )
            self._items(page, sheet, pair, (first, middle, last))

    def _cut(self, page: Page, spans: list[tuple[int, int]], share: float) -> int:
        """The worksheet column that begins nearest to a share of the table's width."""
        first, last = spans[0][0], spans[-1][1]
        left, right = page.ruler.columns[first], page.ruler.columns[last + 1]
        goal = left + (right - left) * share
        return min(range(first + 2, last), key=lambda c: abs(page.ruler.columns[c] - goal))

    def _agency(self, page: Page, sheet: Sheet, area: tuple[int, int, int, int]) -> None:
        lines = upper_agency(sheet, self.rng)
        logo = self.style.logo and page.logo is None
        page.put(
            area,
            "\n".join(lines),
            bold=True,
            align="center",
            vertical="bottom" if logo else "center",
        )
        if logo:
            page.logo = make_logo(self.rng)
            x = (page.ruler.columns[area[1]] + page.ruler.columns[area[3] + 1]) / 2
            y = page.ruler.rows[area[0]] + 6
            page.anchors.append(picture(page.ruler, Box(x - 24, y, x + 24, y + 48), page.next_id))
            page.next_id += 1

    def _date(self, when: When) -> tuple[object, str]:
        """A real date with its format, or the text."""
        if not self.style.real_dates or when.iso is None:
            return when.shown, "General"
        year, month, *day = (int(part) for part in when.iso.split("-"))
        formats: tuple[str, ...] = _DATE_FORMATS if day else _MONTH_FORMATS
        if self.style.own_dates:
            formats = tuple(form for form in formats if "-421]" in form)
        return datetime.date(year, month, day[0] if day else 1), self.rng.choice(formats)

    def _items(
        self, page: Page, sheet: Sheet, pair: tuple[str, str], edges: tuple[int, int, int]
    ) -> None:
        first, middle, last = edges
        size = self.style.size_pt
        halves = [(pair[0], first, middle - 1), (pair[1], middle, last)]
        texts = [_numbered(items(sheet, key)) for key, _, _ in halves]
        if not self.style.item_rows:
            joined = ["\n".join(text) for text in texts]
            high = max(
                text_height(text, page.width(left, right) - 6, size)
                for text, (_, left, right) in zip(joined, halves, strict=True)
            )
            row = page.add_row(max(15.0, high + 4))
            for text, (_, left, right) in zip(joined, halves, strict=True):
                page.put((row, left, row, right), text, vertical="top")
            return
        for k in range(max(len(text) for text in texts)):
            shown = [text[k] if k < len(text) else "" for text in texts]
            high = max(
                text_height(text, page.width(left, right) - 6, size)
                for text, (_, left, right) in zip(shown, halves, strict=True)
            )
            row = page.add_row(max(13.5, high + 2))
            for text, (_, left, right) in zip(shown, halves, strict=True):
                page.put((row, left, row, right), text or None, vertical="top")


def _numbered(texts: list[str]) -> list[str]:
    return [f"{i}. {t}" for i, t in enumerate(texts, 1)] if len(texts) > 1 else texts
