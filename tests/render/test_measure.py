"""Text widths and line counts."""

from __future__ import annotations

import pytest

from sopextract.render.sheet.measure import count_lines, text_width_mm


def test_width_is_the_sum_of_helvetica_advances() -> None:
    # M, u, l, a, i: 833 + 556 + 222 + 556 + 222 = 2389 thousandths
    assert text_width_mm("Mulai", 10) == pytest.approx(2.389 * 10 * 25.4 / 72)
    assert text_width_mm("é", 10) == text_width_mm("e", 10)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, 0),
        ("surat", 10, 1),
        ("surat masuk", 10, 2),
        ("pertanggungjawaban", 10, 3),
        ("surat\nmasuk", 50, 2),
    ],
)
def test_lines(text: str, width: float, lines: int) -> None:
    assert count_lines(text, width, 8) == lines
