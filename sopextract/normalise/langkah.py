"""The actors and the steps of the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sopextract.lexicon.jabatan import expand_jabatan
from sopextract.model.draft import LangkahDraft, Method, PelaksanaDraft, Reading, SopDraft
from sopextract.model.record import Bentuk, Langkah, Pelaksana, Waktu
from sopextract.model.source import Place
from sopextract.normalise.durations import read_waktu, repair_waktu, set_apart
from sopextract.normalise.fields import Corrector
from sopextract.settings import NormaliseSettings

# An actor whose column has no label: where is known, who is not.
_NAMELESS = "(kolom {})"
_NO_NAME = 0.5
# Of the two posts called PPK an agency of the central government has only this one: the other is
# the finance officer of an SKPD.
_OF_CENTRAL = {"PPK": "Pejabat Pembuat Komitmen"}


def read_pelaksana(draft: SopDraft, corrector: Corrector) -> tuple[Pelaksana, ...]:
    """The actor columns. One whose label is lost is left out, so that the numbers of columns jump.

    Where a symbol stands in such a column, it is named by its position and said unread: the step
    does have an actor.
    """
    central = draft.pemerintah is None and draft.perangkat_daerah is not None
    drawn = {actor.value for step in draft.langkah for actor in step.actors}
    actors: list[Pelaksana] = []
    for column in draft.pelaksana:
        path = f"/pelaksana/{len(actors)}/nama"
        if column.nama is None and column.kolom not in drawn:
            continue
        nama = corrector.text(path, column.nama, words=True)
        if nama is None:
            corrector.ledger.place(path, Place(), Method.UNREAD, 0.0)
            nama = _NAMELESS.format(column.kolom)
        lengkap = _OF_CENTRAL.get(nama) if central else None
        lengkap = lengkap or expand_jabatan(nama)
        _ground_column(path, column, corrector, expanded=lengkap is not None)
        actors.append(Pelaksana(nama=nama, lengkap=lengkap, kolom=column.kolom))
    return tuple(actors)


def _ground_column(
    path: str, column: PelaksanaDraft, corrector: Corrector, *, expanded: bool
) -> None:
    """From pixels: what is made of a label is no surer than the label; its column is counted.

    Where a wall was not seen, the columns behind it are counted one too low.
    """
    ledger = corrector.ledger
    if column.nama is None or column.nama.place.page not in ledger.scanned:
        return
    most = ledger.provenance[path].confidence
    for key in ("lengkap", "kolom") if expanded else ("kolom",):
        own = path.removesuffix("nama") + key
        ledger.ground(own, column.nama, method=Method.INFERRED if key == "kolom" else None)
        ledger.cap(own, most)


@dataclass(frozen=True, slots=True)
class ActorColumns:
    """The actors of columns: their names, and how sure these are where read from pixels."""

    names: Mapping[int, str]
    sure: Mapping[int, float]

    def most(self, kolom: int) -> float:
        """How sure anything can be that names the actor of a column."""
        return self.sure.get(kolom, 1.0)


def actor_columns(
    draft: SopDraft, pelaksana: Sequence[Pelaksana], corrector: Corrector
) -> ActorColumns:
    """The columns as `read_pelaksana` left them."""
    pixels = {c.kolom for c in draft.pelaksana if c.nama is not None and c.nama.place.score < 1.0}
    noted = corrector.ledger.provenance
    return ActorColumns(
        {actor.kolom: actor.nama for actor in pelaksana},
        {
            actor.kolom: noted[f"/pelaksana/{k}/nama"].confidence
            for k, actor in enumerate(pelaksana)
            if actor.kolom in pixels
        },
    )


def read_langkah(
    draft: SopDraft,
    columns: ActorColumns,
    units: Mapping[int, str],
    corrector: Corrector,
    settings: NormaliseSettings,
) -> tuple[Langkah, ...]:
    """The steps in the sheet's order.

    `units` gives the unit that the label of a row's time column gives, by `urutan`.
    """
    return tuple(
        _read_step(f"/langkah/{place}", place + 1, step, columns, units, corrector, settings)
        for place, step in enumerate(draft.langkah)
    )


def _read_step(
    path: str,
    urutan: int,
    step: LangkahDraft,
    columns: ActorColumns,
    units: Mapping[int, str],
    corrector: Corrector,
    settings: NormaliseSettings,
) -> Langkah:
    row, ledger = step.row, corrector.ledger
    if row.no is not None:
        ledger.ground(f"{path}/no", row.no)
    if step.simbol is not None:
        ledger.ground(f"{path}/simbol", step.simbol)
    return Langkah(
        urutan=urutan,
        no=row.no.value if row.no is not None else None,
        kegiatan=corrector.text(f"{path}/kegiatan", row.kegiatan, words=True) or "",
        pelaksana=_read_actors(f"{path}/pelaksana", step, columns, corrector),
        bentuk=_read_bentuk(f"{path}/bentuk", step, columns, corrector),
        simbol=step.simbol.value if step.simbol is not None else None,
        kelengkapan=corrector.text(f"{path}/kelengkapan", row.kelengkapan, words=True),
        waktu=_read_waktu(f"{path}/waktu", step, units.get(urutan), corrector, settings),
        output=corrector.text(f"{path}/output", row.output, words=True),
        keterangan=corrector.text(f"{path}/keterangan", row.keterangan, words=True),
    )


def _read_actors(
    path: str, step: LangkahDraft, columns: ActorColumns, corrector: Corrector
) -> tuple[str, ...]:
    """The step's actors, none surer than the label of its column.

    The list as a whole is as sure as its least sure member.
    """
    ledger, names = corrector.ledger, columns.names
    known = tuple(actor for actor in step.actors if actor.value in names)
    if not known:
        place = step.row.marks[0].place if step.row.marks else step.row.kegiatan.place
        method = Method.UNREAD if step.row.marks or step.actors else Method.ABSENT
        ledger.place(path, place, method, 0.0)
        return ()
    weakest: Reading[int] = min(known, key=lambda actor: actor.score)
    inferred = any(actor.method is Method.INFERRED for actor in known)
    nameless = [names[actor.value] == _NAMELESS.format(actor.value) for actor in known]
    how = Method.INFERRED if inferred else None
    ledger.ground(path, weakest, method=how, factor=_NO_NAME if any(nameless) else 1.0)
    ledger.cap(path, min(columns.most(actor.value) for actor in known))
    for position, actor in enumerate(known):
        factor = _NO_NAME if nameless[position] else 1.0
        ledger.ground(f"{path}/{position}", actor, factor=factor)
        ledger.cap(f"{path}/{position}", columns.most(actor.value))
    return tuple(names[actor.value] for actor in known)


def _read_bentuk(
    path: str, step: LangkahDraft, columns: ActorColumns, corrector: Corrector
) -> tuple[Bentuk, ...]:
    """The symbols of a step. From pixels, the list is as sure as the least sure of them."""
    ledger = corrector.ledger
    shapes: list[Bentuk] = []
    for shape in step.bentuk:
        if shape.kolom not in columns.names:
            continue
        if shape.simbol is not None:
            ledger.ground(f"{path}/{len(shapes)}/simbol", shape.simbol)
        simbol = shape.simbol.value if shape.simbol is not None else None
        shapes.append(Bentuk(pelaksana=columns.names[shape.kolom], simbol=simbol))
    known = [shape.simbol for shape in step.bentuk if shape.simbol is not None]
    places = [actor.place for actor in step.actors] or [reading.place for reading in known]
    if shapes and places and places[0].page in ledger.scanned:
        unsure = len(known) < len(step.bentuk)
        scores = [*(r.score for r in known), *(a.score for a in step.actors)]
        score = min(min(scores), _NO_NAME) if unsure else min(scores)
        ledger.place(path, places[0], Method.SHAPE, score)
    return tuple(shapes)


def _read_waktu(
    path: str,
    step: LangkahDraft,
    unit: str | None,
    corrector: Corrector,
    settings: NormaliseSettings,
) -> Waktu | None:
    waktu = step.row.waktu
    fixes = [] if unit else [repair_waktu]
    if waktu is not None and waktu.place.score < 1.0:
        fixes.insert(0, set_apart)
    teks = corrector.text(path, waktu, *fixes, words=True)
    return read_waktu(teks, unit, settings) if teks is not None else None
