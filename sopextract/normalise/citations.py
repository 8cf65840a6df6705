"""Regulations as cited → entries of the record: id, the agency's region, the register's status."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sopextract.lexicon.jenis_peraturan import REGIONAL, Kind, canonical_id, kind_of
from sopextract.lexicon.peraturan import Register, load_register
from sopextract.lexicon.wilayah import provinsi_of
from sopextract.model.draft import Change, Citation, DasarHukumDraft
from sopextract.model.record import DasarHukum


@dataclass(frozen=True, slots=True)
class Resolved:
    """One entry of the record; `changes` and `inferred` have pointers relative to the entry.

    `inferred` names what the citation itself does not say ("/daerah", and "/id" resting on it).
    """

    dasar: DasarHukum
    changes: tuple[Change, ...] = ()
    inferred: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Context:
    """What an entry lends to the acts that amend it or are joined to it."""

    register: Register
    wilayah: str | None
    jenis: str | None = None
    daerah: str | None = None


def resolve_dasar_hukum(
    drafts: Sequence[DasarHukumDraft], wilayah: str | None, register: Register | None = None
) -> tuple[Resolved, ...]:
    """Give every entry its id and status.

    `wilayah` is the agency's region ("Kabupaten Way Kanan"); a regional law cited without its
    region takes it, at the level of the kind: Pergub the province, Perbup the regency. An amending
    act without kind or region takes those of the act it amends. What is taken over stands in
    `inferred`; titles, numbers and names are never changed. `register` None means the shipped one.
    """
    context = _Context(register or load_register(), wilayah)
    return tuple(_entry(draft, context) for draft in drafts)


def _entry(draft: DasarHukumDraft, context: _Context) -> Resolved:
    if draft.citation is None:
        return Resolved(DasarHukum(teks=draft.teks.value))
    inferred: set[str] = set()
    dasar = _resolve(draft.citation, draft.teks.value, context, "", inferred)
    return Resolved(dasar, (), frozenset(inferred))


def _resolve(
    cited: Citation, teks: str, context: _Context, at: str, inferred: set[str]
) -> DasarHukum:
    """One act and the acts that hang on it; `at` is its pointer, "" for the entry itself."""
    jenis = cited.jenis
    if jenis is None and context.jenis and cited.nomor:
        jenis = context.jenis  # "UU 31/1999 jo. Nomor 20 Tahun 2001"
        inferred.add(f"{at}/jenis")
    kind = kind_of(jenis)
    daerah, guessed = _region(cited, jenis, kind, context)
    if guessed:
        inferred.add(f"{at}/daerah")
    ident = canonical_id(jenis, cited.nomor, cited.tahun, daerah, cited.penerbit)
    known = context.register.get(ident)
    if known:
        ident = known.id
    if ident and (guessed or f"{at}/jenis" in inferred):
        inferred.add(f"{at}/id")
    below = _Context(context.register, context.wilayah, jenis, daerah)
    return DasarHukum(
        teks=teks,
        jenis=jenis,
        nomor=cited.nomor,
        tahun=cited.tahun,
        tentang=cited.tentang,
        daerah=daerah,
        penerbit=cited.penerbit,
        id=ident,
        diubah_dengan=_others(cited.diubah_dengan, below, f"{at}/diubah_dengan", inferred),
        juncto=_others(cited.juncto, below, f"{at}/juncto", inferred),
        status=known.status if known else None,
    )


def _others(
    cited: Sequence[Citation], context: _Context, at: str, inferred: set[str]
) -> tuple[DasarHukum, ...]:
    return tuple(
        _resolve(other, other.teks or printed(other), context, f"{at}/{i}", inferred)
        for i, other in enumerate(cited)
    )


def _region(
    cited: Citation, jenis: str | None, kind: Kind | None, context: _Context
) -> tuple[str | None, bool]:
    """Region of the act, and whether it was inferred."""
    if cited.daerah or kind is None or kind.sifat not in REGIONAL:
        return cited.daerah, False
    if context.daerah and jenis == context.jenis:
        # The act it amends has it; stated there, it is as good as stated here, but not read here.
        return context.daerah, True
    region = _at_level(context.wilayah, kind)
    return region, region is not None


def _at_level(wilayah: str | None, kind: Kind) -> str | None:
    """The agency's region at the level of the kind; None where it has none there."""
    if wilayah is None:
        return None
    level = {"provinsi": "Provinsi ", "kabupaten": "Kabupaten ", "kota": "Kota "}.get(kind.sifat)
    if level is None or wilayah.startswith(level):
        return wilayah
    return provinsi_of(wilayah) if kind.sifat == "provinsi" else None


def printed(cited: Citation) -> str:
    """A short form of an act for messages and for the text of amending acts.

    "Perda Nomor 11 Tahun 2019 tentang Perubahan …": only what the citation says.
    """
    parts = [
        cited.jenis,
        cited.penerbit,
        f"Nomor {cited.nomor}" if cited.nomor else None,
        f"Tahun {cited.tahun}"
        if cited.tahun and f"/{cited.tahun}" not in (cited.nomor or "")
        else None,
        f"tentang {cited.tentang}" if cited.tentang else None,
    ]
    return " ".join(part for part in parts if part)
