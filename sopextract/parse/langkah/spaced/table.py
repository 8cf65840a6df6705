"""The step table of `pdftotext -layout`: columns from the header and the white space, page by page.

The header says how many columns there are and in which order; where they stand is settled for each
page by its own white space, because the scale changes from page to page and most pages repeat no
header. Numbers and texts are often printed in the middle of their row: where one row ends and the
next begins is settled for the whole table together.
"""

from __future__ import annotations

from collections.abc import Sequence

from sopextract.parse.langkah.spaced.header import (
    find_columns_of,
    header_rows,
    name_kelengkapan,
    split_header,
)
from sopextract.parse.langkah.spaced.pages import place_pages
from sopextract.parse.langkah.spaced.parts import Line, MadeRow
from sopextract.parse.langkah.spaced.rows import gather, step_numbers


def read_spaced_table(lines: Sequence[Line]) -> list[MadeRow] | None:
    """The rows of the table, two header rows first; None when columns or steps cannot be found.

    `lines` begin with the header's first line and hold nothing but the table.
    """
    split = split_header(lines)
    if split is None:
        return None
    header, data, numbered_columns = split
    columns = find_columns_of(header)
    if columns is None or (numbered_columns and numbered_columns != len(columns)):
        return None
    name_kelengkapan(columns, data)
    placed = place_pages(data, columns)
    numbers = step_numbers(placed)
    if not numbers or (len(numbers) < 2 and lines[0].page == 0):
        return None
    return [*header_rows(columns, header[0].place), *gather(placed, numbers, columns)]
