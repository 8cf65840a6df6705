"""Names of posts broken over lines or run together."""

from __future__ import annotations

import pytest

from sopextract.parse.langkah.actor_names import begins_name, join_name, split_names


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (["Pengadministra", "si Arsip"], "Pengadministrasi Arsip"),
        (["Kepala", "Dinas"], "Kepala Dinas"),
        (["Sekre-", "taris"], "Sekretaris"),
        (["Kepala Dinas", "/Penanggung Jawab"], "Kepala Dinas/Penanggung Jawab"),
        (["Kasubag", "dan staf"], "Kasubag dan staf"),
        (["", "Staf", ""], "Staf"),
        ([], ""),
    ],
)
def test_lines_of_a_label(lines: list[str], wanted: str) -> None:
    assert join_name(lines) == wanted


def test_borders_decide_where_names_begin() -> None:
    lines = [("Kepala", True), ("Dinas", False), ("Staf", True), ("Umum", False)]
    assert split_names(lines) == ["Kepala Dinas", "Staf Umum"]


def test_without_borders_a_name_begins_like_a_post() -> None:
    lines = [("Kepala", True), ("Dinas", False), ("Sekretaris", False), ("Staf", False)]
    assert split_names(lines) == ["Kepala Dinas", "Sekretaris", "Staf"]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [("Kasubbag TU", True), ("Sekretaris", True), ("Dinas", False), ("5", False)],
)
def test_the_beginning_of_a_post(line: str, wanted: bool) -> None:
    assert begins_name(line) is wanted
