"""The words at the ways out of a decision, as printed on sheets (domain survey of 348 sheets)."""

from __future__ import annotations

import re

_YES = (
    r"ya|iya|y|setuju|disetujui|lengkap|sesuai|benar|diterima|memenuhi(?:\ syarat)?|layak|valid|ada"
    r"|perlu|butuh|cukup|sudah|berhasil|selesai|normal"
)
_NO = r"t|n|ditolak|tolak|salah|kurang|revisi|perbaikan|dikembalikan|kembali|koreksi|gagal"
_NOT = r"tidak|tdk|tak|belum|bukan|kurang"
_EXIT = re.compile(
    rf"\(?\s*(?:(?:{_NOT})(?:\ (?:{_YES}))?|{_YES}|{_NO})\s*[?.!)]*", re.IGNORECASE | re.VERBOSE
)


def is_exit(text: str) -> bool:
    """Whether a text is nothing but the name of a way out: "Ya", "Tidak lengkap", "Ditolak".

    >>> is_exit("Belum sesuai"), is_exit("T"), is_exit("Tidak Berjalan Normal"), is_exit("Kepala")
    (True, True, False, False)
    """
    return _EXIT.fullmatch(" ".join(text.split())) is not None


_SHORT = ("ya", "iya", "tdk", "tak", "ada")


def is_nearly_exit(text: str) -> bool:
    """Whether a short name of a way out has one letter in which it differs from a text: "Y8".

    >>> is_nearly_exit("Y8"), is_nearly_exit("Tdk"), is_nearly_exit("Ai"), is_nearly_exit("F")
    (True, True, False, False)
    """
    low = text.lower()
    return any(
        len(low) == len(name) and sum(a != b for a, b in zip(low, name, strict=True)) <= 1
        for name in _SHORT
    )
