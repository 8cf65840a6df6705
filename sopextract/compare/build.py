"""The comparison of many sheets, part by part; the order stands here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sopextract.compare.alignment import align
from sopextract.compare.comparison import (
    Agency,
    Comparison,
    Family,
    Figures,
    FindingCount,
    Sheet,
)
from sopextract.compare.completeness import (
    IDENTITY_ITEMS,
    check_identity,
    count_items,
    filled_share,
)
from sopextract.compare.copies import find_copies
from sopextract.compare.corrections import (
    Constraints,
    Corrections,
    mask_constraints,
    resolve,
)
from sopextract.compare.families import choose_reference, find_families
from sopextract.compare.features import Features, build_features, find_title
from sopextract.compare.figures import measure, spread_figures
from sopextract.compare.legal import Laws, build_laws, family_laws, sheet_legal
from sopextract.compare.masking import mask_records
from sopextract.compare.pairs import Scorer
from sopextract.core.text import fold
from sopextract.model.finding import Finding, Kind, Severity
from sopextract.model.record import SopRecord
from sopextract.settings import CompareSettings, NormaliseSettings

UNKNOWN_AGENCY = "(perangkat daerah tidak diketahui)"


def compare(
    records: Sequence[SopRecord],
    settings: CompareSettings,
    reading: NormaliseSettings | None = None,
    corrections: Corrections | Constraints | None = None,
) -> Comparison:
    """Compare all sheets with one another; the order of `records` names them in the result.

    `reading` are the settings that the records were read with: the length of a working day.
    `corrections` are the user's, from `load_corrections`, or what `resolve` made of them.
    """
    constraints = corrections or Constraints()
    if isinstance(constraints, Corrections):
        constraints = resolve(constraints, records)
    if settings.mask:
        constraints = mask_constraints(constraints, records)
        records = mask_records(records)
    names = [agency_name(r) for r in records]
    order = {name: i for i, name in enumerate(sorted({fold(n) for n in names}))}
    agency_of = [order[fold(n)] for n in names]
    features = build_features(records)
    families = _families(records, features, agency_of, settings, constraints)
    laws = build_laws(records, agency_of)
    sheets = [
        _sheet(record, sop, agency_of[sop], measure(record, reading))
        for sop, record in enumerate(records)
    ]
    families = tuple(_complete(family, sheets, laws) for family in families)
    return Comparison(
        masked=settings.mask,
        sheets=_place(sheets, families, laws),
        agencies=_agencies(records, names, agency_of),
        families=families,
        copies=find_copies(records, features, settings.copy_min_score, agency_of),
        legal=laws.matrix,
        notes=constraints.notes,
    )


def agency_name(record: SopRecord) -> str:
    """The perangkat daerah with its government; what is not known is left out."""
    parts = (_office(record), record.instansi.pemerintah)
    return ", ".join(p for p in parts if p) or UNKNOWN_AGENCY


def _office(record: SopRecord) -> str | None:
    return record.instansi.perangkat_daerah or next(iter(record.instansi.unit_kerja), None)


def short_agency(name: str) -> str:
    """The agency's name with the government's kind shortened, for table heads.

    >>> short_agency("Dinas Perikanan, Pemerintah Kabupaten Banyumas")
    'Dinas Perikanan, Kab. Banyumas'
    """
    for long, short in (("kabupaten", "Kab."), ("provinsi", "Prov."), ("kota", "Kota")):
        head, sep, tail = name.rpartition(", ")
        if fold(tail).startswith(f"pemerintah {long} "):
            return f"{head}{sep}{short} {tail.split(' ', 2)[2]}"
    return name


def _families(
    records: Sequence[SopRecord],
    features: Sequence[Features],
    agency_of: Sequence[int],
    settings: CompareSettings,
    constraints: Constraints,
) -> tuple[Family, ...]:
    scorer = Scorer(features)
    groups = find_families(scorer, settings.family_min_score, constraints)
    groups.sort(key=lambda group: (-len({agency_of[s] for s in group}), -len(group), group))
    touched, names = constraints.touched(), dict(constraints.names)
    found: list[Family] = []
    for number, group in enumerate(groups, start=1):
        family = _family(number, group, records, scorer, agency_of)
        given = next((names[sop] for sop in group if sop in names), None)
        corrected = given is not None or not touched.isdisjoint(group)
        update = {"corrected": corrected} | ({"title": given} if given else {})
        found.append(family.model_copy(update=update))
    return tuple(found)


def _family(
    number: int,
    group: Sequence[int],
    records: Sequence[SopRecord],
    scorer: Scorer,
    agency_of: Sequence[int],
) -> Family:
    reference = choose_reference(scorer, group)
    links = [scorer.link(reference, sop) for sop in group if sop != reference]
    links.sort(key=lambda link: (-link.score, link.a, link.b))
    others = [link.b if link.a == reference else link.a for link in links]
    members = (reference, *others)
    return Family(
        number=number,
        title=find_title(records[reference]) or find_title(records[others[0]]),
        reference=reference,
        members=members,
        agencies=tuple(sorted({agency_of[sop] for sop in members})),
        score=round(sum(link.score for link in links) / len(links), 4),
        links=tuple(links),
        rows=align(records, members),
    )


def _complete(family: Family, sheets: Sequence[Sheet], laws: Laws) -> Family:
    """The family with its members' figures and legal bases side by side."""
    return family.model_copy(
        update={
            "figures": spread_figures([sheets[sop] for sop in family.members]),
            "laws": family_laws(laws, family.members),
        }
    )


def _place(sheets: Sequence[Sheet], families: Sequence[Family], laws: Laws) -> tuple[Sheet, ...]:
    """The sheets with the number of their family and with their legal basis beside it."""
    family_of = {sop: family for family in families for sop in family.members}
    return tuple(
        sheet.model_copy(
            update={
                "family": family.number if (family := family_of.get(sheet.sop)) else None,
                "legal": sheet_legal(laws, sheet.sop, family.laws if family else ()),
            }
        )
        for sheet in sheets
    )


def _sheet(record: SopRecord, sop: int, agency: int, figures: Figures) -> Sheet:
    signer = record.disahkan_oleh
    return Sheet(
        sop=sop,
        id=record.id,
        path=record.source.path,
        index=record.source.index,
        agency=agency,
        nomor_sop=record.nomor_sop,
        nama_sop=record.nama_sop,
        title=find_title(record),
        tanggal_efektif=record.tanggal_efektif,
        tanggal_pengesahan=record.tanggal_pengesahan,
        disahkan_oleh=", ".join(x for x in (signer.nama, signer.jabatan) if x) or None,
        nip=signer.nip,
        states=dict(zip(IDENTITY_ITEMS, check_identity(record), strict=True)),
        figures=figures,
        findings=_count_findings(record.findings),
    )


def _agencies(
    records: Sequence[SopRecord], names: Sequence[str], agency_of: Sequence[int]
) -> tuple[Agency, ...]:
    sheets: dict[int, list[int]] = {}
    for sop, number in enumerate(agency_of):
        sheets.setdefault(number, []).append(sop)
    return tuple(_agency(n, names, records, sheets[n]) for n in sorted(sheets))


def _agency(
    number: int, names: Sequence[str], records: Sequence[SopRecord], sheets: Sequence[int]
) -> Agency:
    own = [records[sop] for sop in sheets]
    findings = [f for r in own for f in r.findings]
    rules = Counter(f.rule for f in findings if f.kind is Kind.DOCUMENT)
    items = count_items(own)
    return Agency(
        number=number,
        name=names[sheets[0]],
        short=short_agency(names[sheets[0]]),
        office=_office(own[0]) if own[0].instansi.pemerintah else None,
        sheets=tuple(sheets),
        items=items,
        share=filled_share(items),
        unread=sum(i.tak_terbaca for i in items),
        findings=_count_findings(findings),
        rules=tuple(sorted(rules.items(), key=lambda pair: (-pair[1], pair[0]))),
    )


def _count_findings(findings: Sequence[Finding]) -> FindingCount:
    document = Counter(f.severity for f in findings if f.kind is Kind.DOCUMENT)
    return FindingCount(
        error=document[Severity.ERROR],
        warning=document[Severity.WARNING],
        info=document[Severity.INFO],
        reading=sum(1 for f in findings if f.kind is Kind.READING),
    )
