"""The signature block: post, name, NIP, rank, how it is signed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from sopextract.core.text import squeeze, words
from sopextract.lexicon.unit_kata import unit_words
from sopextract.lexicon.wilayah import canonical_wilayah
from sopextract.model.draft import MaybeText, Method, PengesahanDraft, Reading
from sopextract.model.source import Place
from sopextract.parse.nip import find_nip, parse_nip
from sopextract.parse.places import join_places, least_clear
from sopextract.parse.tanggal import is_blank

_ELECTRONIC = re.compile(
    r"(?:telah\s+)?(?:d?i)?(?:tanda\s*tangan\w*|ttd)\s+"
    r"(?:secara\b|(?:secara\s+)?elektronik\w*)(?:\s+elektronik\w*)?(?:\s+oleh)?\s*:?"
    r"|(?:\w*tangan\w*\s+)?\bsecara\s+elektronik\w*(?:\s+oleh)?\s*:?"  # its start may be cut
    r"|^\W*elektr\w*(?:\s+oleh)?\W*$"  # … or stand on the line above
    r"|\bTTE\b|\bBSrE\b",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"^\W*(?:cap\s*[/.]?\s*)?(?:ttd|dto|t\.t\.d|tanda\s+tangan)\W*$", re.IGNORECASE
)
_STATUS = re.compile(
    r"^\W*(?P<status>plt|plh|pj|pjs|pgs|a\.?\s?n|u\.?\s?b)(?:\.\s*|\s+)(?=\S)", re.IGNORECASE
)
_RANK = re.compile(
    r"""(?:pangkat\s*:?\s*)?
    \b(?:pembina|penata|pengatur|juru)\b
    (?:\s+(?:utama|muda|madya|tingkat|tk\.?|i{1,3}|iv|1|2))*
    (?:\s*[/,(\-–]*\s*\(?\s*(?:gol\.?\s*)?
        (?: (?:i{1,3}|iv|l{1,3})\s*[/.]\s*[a-e] | (?-i:(?:I{1,3}|IV)\s?[a-e])\b ) \s*\)?)?""",
    re.VERBOSE | re.IGNORECASE,
)
# What a scan leaves of "Tk. I": letters that are no rank behind one.
_REST_OF_RANK = re.compile(r"\s+\S{1,3}(?:\s|$)")
_CUT_RANK = 0.8
# Capitals inside a degree, which a scan mixes up with small letters ("S.SoS"); a few have them.
_ODD_DEGREE = re.compile(r"(?<![^\W\d_])(?!SiT|PhD)[A-Z][a-z]+[A-Z]")
_ODD = 0.85
_GOLONGAN_ONLY = re.compile(r"^\(?\s*(?:i{1,3}|iv)\s*[/.]\s*[a-e]\s*\)?$", re.IGNORECASE)
POST_HEADS = (
    "kepala",
    "sekretaris",
    "camat",
    "lurah",
    "bupati",
    "wali",
    "walikota",
    "gubernur",
    "direktur",
    "inspektur",
    "ketua",
    "asisten",
    "kasat",
    "dekan",
    "rektor",
    "kadis",
    "kaban",
    "plt",
    "wakil",
    "komandan",
    "sekda",
    "menteri",
    "karo",
    "kabag",
    "penghulu",
    "wali kota",
)
_TITLE_HEAD = re.compile(
    r"^(?:dr|drs|dra|ir|h|hj|drg|prof|apt|ns|kh|r|m|tgk|teuku|cut|t)\.?$", re.IGNORECASE
)
_DEGREES = re.compile(  # "S.Sos., M.AP", "M.M", "S.E"
    r"(?:(?:S|M|A|D|Dr|Sp|Ph|Ap)\.?\s?[A-Z][A-Za-z]{0,5}\.?(?:\s?[A-Z]{1,3}\.?)?|SE|ST|SH|MM|SKM|SKp)\.?"
    r"(?:\s*,\s*(?:(?:S|M|A|D|Dr|Sp|Ph|Ap)\.?\s?[A-Z][A-Za-z]{0,5}\.?|SE|ST|SH|MM|SKM|SKp)\.?)*\.?"
)
_NAME = re.compile(r"^[^\W\d_](?:[^\W\d_]|[.'’`,() \-])*$", re.UNICODE)
# What stands above the post of a signature block: place and date, who agrees.
_LEAD_IN = re.compile(
    r"^\W*(?:mengetahui|menyetujui|disetujui|mengesahkan|disahkan|ditetapkan|dikeluarkan|pada\s+tanggal"
    r"|tanggal|di\s+\w)",
    re.IGNORECASE,
)
_REGION_KINDS = frozenset(("provinsi", "propinsi", "kabupaten", "kab", "kota"))
# Offices that bear the name of a person: "Direktur RSUD dr. …" names no director.
_NAMED_AFTER = frozenset(("rsud", "rsd", "rs", "sakit", "puskesmas", "klinik"))
_DIGITS_ONLY = re.compile(r"[\d .]+")
_NIP_DIGITS = 18
_MOST_FIRST_NAMES = 3  # words before the break of a name, its title counted
_FOR_SOMEBODY = re.compile(r"(?:a\.?\s?n|u\.?\s?b)\b", re.IGNORECASE)
_TWO_POSTS = 0.8  # below the sure line: that the last of two is the signer's is a rule of letters


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One line of a block, with its place."""

    text: str
    place: Place


def read_pengesahan(
    lines: Sequence[SignatureLine], agency: Sequence[str], method: Method
) -> PengesahanDraft:
    """Read a signature block from its lines, or from one line that holds everything.

    `agency` are the names of the agency and its units: their words end no post. A name is never
    corrected. Nothing is taken for a name that is only the words of a post.
    """
    known = unit_words() | {word for name in agency for word in words(name)}
    found: dict[str, Reading[str]] = {}
    post_parts: list[tuple[str, Place]] = []
    lines, noted = _without_notes(lines)
    electronic = Reading(True, squeeze(noted.text), noted.place, method, 1.0) if noted else None
    lines = _whole_names(lines)
    for k, line in enumerate(lines):
        text = squeeze(line.text)
        if is_blank(text) or _SIGNED.match(text):
            continue
        if not post_parts and _LEAD_IN.match(text):
            continue
        text = _take_nip(text, line.place, method, found)
        text = _take_rank(text, line.place, method, found)
        text = _take_status(text, line.place, method, found)
        post, name = _cut_post(text, known, started=bool(post_parts) and "nama" not in found)
        if post and name and any(_is_person(rest.text) for rest in lines[k + 1 :]):
            post, name = text, ""  # "Kepala Dinas KUKMTK": the agency's short name, not a person
        if post and "nama" not in found:
            post_parts.append((post, line.place))
        if name and "nama" not in found and _is_name(name):
            clean = _bare_name(name)
            score = 0.97 if post_parts else 0.9
            if line.place.score < 1.0 and _ODD_DEGREE.search(clean):
                score = _ODD
            found["nama"] = Reading(clean, name, line.place, method, score)
    post_parts = _own_post(post_parts, found.get("status"))
    if post_parts:
        text = squeeze(" ".join(part for part, _ in post_parts)).strip(" ,:-")
        own, score = _last_post(text, found.get("status"))
        place = join_places(place for _, place in post_parts)
        found["jabatan"] = Reading(own, text, place, method, score)
    return PengesahanDraft(
        jabatan=found.get("jabatan"),
        nama=found.get("nama"),
        nip=_nip_reading(found.get("nip")),
        pangkat=found.get("pangkat"),
        status=found.get("status"),
        tanda_tangan_elektronik=electronic,
    )


def _without_notes(
    lines: Sequence[SignatureLine],
) -> tuple[list[SignatureLine], SignatureLine | None]:
    """The lines without what they say of an electronic signature, and the last that says it."""
    bare: list[SignatureLine] = []
    noted: SignatureLine | None = None
    for line in lines:
        text = squeeze(line.text)
        if _ELECTRONIC.search(text):
            noted, text = line, squeeze(_ELECTRONIC.sub(" ", text))
        bare.append(SignatureLine(text, line.place))
    return bare, noted


def _whole_names(lines: Sequence[SignatureLine]) -> list[SignatureLine]:
    """The lines with names that were broken joined again.

    Broken behind a comma or before degrees ("…, S.E.," / "M.M"), or a name in capitals of which the
    next line holds the rest, in capitals as well and neither post nor rank.
    """
    whole: list[SignatureLine] = []
    for line in lines:
        text = squeeze(line.text)
        last = squeeze(whole[-1].text) if whole else ""
        if last and (_is_half_nip(last, text) or (_is_person(last) and _goes_on(last, text))):
            place = least_clear(whole[-1].place, (line.place,))
            whole[-1] = SignatureLine(f"{last} {text}", place)
        else:
            whole.append(line)
    return whole


def _is_half_nip(last: str, text: str) -> bool:
    """Whether a NIP was broken: digits that only the next line makes eighteen."""
    if not _DIGITS_ONLY.fullmatch(text) or not any(c.isdigit() for c in last):
        return False
    first, rest = (sum(c.isdigit() for c in part) for part in (last, text))
    return first < _NIP_DIGITS and first + rest == _NIP_DIGITS


def _goes_on(name: str, text: str) -> bool:
    """Whether a line is the rest of a name: degrees alone, or the last part of a broken name."""
    if _DEGREES.fullmatch(text):
        return True
    if not _is_person(text) or "," in name or len(name.split()) > _MOST_FIRST_NAMES:
        return False
    first, _, degrees = text.partition(",")
    head, _, given = name.partition(" ")
    titled = _TITLE_HEAD.match(head) is not None
    if any(word in unit_words() or word in _REGION_KINDS for word in words(name)):
        return False
    upper = (given if titled and given else name).isupper() and first.isupper()
    return upper or (bool(degrees) and _DEGREES.fullmatch(squeeze(degrees)) is not None)


def _own_post(
    parts: list[tuple[str, Place]], status: Reading[str] | None
) -> list[tuple[str, Place]]:
    """The signer's own post: who signs for somebody ("a.n.", "u.b.") names that one's post first.

    The own post begins at the last line that begins like a post; alone, it is kept.
    """
    if status is None or not _FOR_SOMEBODY.match(status.value):
        return parts
    heads = [k for k, (text, _) in enumerate(parts) if _is_post_head(text.split(" ")[0])]
    return parts[heads[-1] :] if len(heads) > 1 else parts


def merge_pengesahan(first: PengesahanDraft, second: PengesahanDraft) -> PengesahanDraft:
    """What the identity sheet says, and where it says nothing what the block at the end says."""

    def pick(a: MaybeText | None, b: MaybeText | None) -> MaybeText | None:
        return a if a is not None and a.value is not None else b if b is not None else a

    return PengesahanDraft(
        pick(first.jabatan, second.jabatan),
        pick(first.nama, second.nama),
        pick(first.nip, second.nip),
        pick(first.pangkat, second.pangkat),
        pick(first.status, second.status),
        first.tanda_tangan_elektronik or second.tanda_tangan_elektronik,
    )


def _take_nip(text: str, place: Place, method: Method, found: dict[str, Reading[str]]) -> str:
    match = find_nip(text)
    if match is None:
        return text
    found.setdefault("nip", Reading(match.text, match.text, place, method, 1.0))
    return squeeze(f"{text[: match.start]} {text[match.end :]}")


def _nip_reading(raw: Reading[str] | None) -> MaybeText | None:
    if raw is None:
        return None
    nip, problems = parse_nip(raw.text)
    if nip is None:
        method = Method.UNREAD if any(c.isdigit() for c in raw.text) else Method.ABSENT
        return Reading(None, raw.text, raw.place, method, 1.0)
    score = 0.85 if problems else 1.0
    return Reading(nip, squeeze(raw.text), raw.place, raw.method, score)


def _last_post(text: str, status: Reading[str] | None) -> tuple[str, float]:
    """The signer's own post in one line that names somebody else's first, and its score.

    "a.n. Bupati X Sekretaris Daerah": where the one ends and the other begins is not printed.
    """
    if status is None or not _FOR_SOMEBODY.match(status.value):
        return text, 0.98
    words_of = text.split(" ")
    heads = [k for k, word in enumerate(words_of) if _is_post_head(word)]
    if len(heads) < 2:
        return text, 0.98
    return " ".join(words_of[heads[-1] :]), _TWO_POSTS


def _is_person(text: str) -> bool:
    """Whether a line names a person: neither a post nor only a rank, a NIP or a mark of signing."""
    rest = squeeze(text)
    nip = find_nip(rest)
    if nip is not None:
        rest = squeeze(f"{rest[: nip.start]} {rest[nip.end :]}")
    rest = squeeze(_RANK.sub(" ", rest))
    if is_blank(rest) or _SIGNED.match(rest) or _GOLONGAN_ONLY.match(rest):
        return False
    return not _is_post_head(rest.split(" ")[0]) and _is_name(rest)


def _take_rank(text: str, place: Place, method: Method, found: dict[str, Reading[str]]) -> str:
    match = _RANK.search(text)
    if match is None:
        return "" if _GOLONGAN_ONLY.match(text) else text
    rank = squeeze(re.sub(r"^pangkat\s*:?\s*", "", match.group(), flags=re.IGNORECASE))
    before = text[: match.start()]
    if before and not before.endswith((" ", ",")):
        return text
    rest = text[match.end() :]
    score = _CUT_RANK if place.score < 1.0 and _REST_OF_RANK.match(rest) else 1.0
    found.setdefault("pangkat", Reading(rank, rank, place, method, score))
    return squeeze(f"{before} {rest}")


def _take_status(text: str, place: Place, method: Method, found: dict[str, Reading[str]]) -> str:
    match = _STATUS.match(text)
    if match is None:
        return text
    rest = text[match.end() :]
    if not _is_post_head(rest.split(" ")[0]):
        return text
    printed = squeeze(match.group()).lstrip("([ ")
    found.setdefault("status", Reading(printed, printed, place, method, 1.0))
    return rest


def _is_post_head(word: str) -> bool:
    key = re.sub(r"[^a-z]", "", word.casefold())
    return key in POST_HEADS or (
        len(key) >= 6 and any(fuzz.ratio(key, head) >= 80 for head in POST_HEADS if len(head) >= 6)
    )


def _cut_post(text: str, known: frozenset[str] | set[str], started: bool) -> tuple[str, str]:
    """The post at the head of a text and what follows it.

    The post goes on as long as the words are words of offices (or of this agency) and no title of
    a person begins; on a line of its own it may go on with the post begun above.
    """
    tokens = text.split(" ")
    if not tokens or not tokens[0]:
        return "", ""
    if not _is_post_head(tokens[0]) and not (started and _all_known(tokens, known)):
        return "", text
    end = 1 if _is_post_head(tokens[0]) else 0
    while end < len(tokens) and _is_office_word(tokens[end], known):
        end += 1
    while end > 1 and tokens[end - 1].casefold().strip(".,") in {"dan", "&"}:
        end -= 1
    end = _end_of_office(tokens, end)
    return " ".join(tokens[:end]), " ".join(tokens[end:])


def _end_of_office(tokens: Sequence[str], end: int) -> int:
    """Where a post ends when words of offices stand behind a word that is none.

    "Kepala Dinas Kominfo Kabupaten Sikka": no name holds such a word, so the post goes on to it,
    and over the region that it names.
    """
    if end and tokens[end - 1].casefold() in _NAMED_AFTER:
        return len(tokens)
    for k in range(len(tokens) - 1, max(end - 2, -1), -1):
        word = tokens[k].casefold().strip(".,")
        if len(word) > 3 and word in unit_words():
            end = k + 1
            if word in _REGION_KINDS:
                names = (n for n in range(len(tokens), end, -1) if _is_region(tokens[k:n]))
                end = next(names, end)
            break
    return end


def _is_region(tokens: Sequence[str]) -> bool:
    text = " ".join(tokens)
    found = canonical_wilayah(text)
    return found is not None and len(words(found)) == len(words(text))


def _is_office_word(token: str, known: frozenset[str] | set[str]) -> bool:
    if _TITLE_HEAD.match(token):
        return False
    parts = words(token)
    if not parts:
        return token in {"/", "&", "-", ","}
    return all(part in known or _is_post_head(part) for part in parts)


def _all_known(tokens: Sequence[str], known: frozenset[str] | set[str]) -> bool:
    return all(_is_office_word(token, known) for token in tokens)


def _bare_name(name: str) -> str:
    clean = squeeze(name).strip(" :;-_")
    if clean.startswith("(") and clean.endswith(")"):
        clean = clean[1:-1].strip()
    return clean.rstrip(",")


def _is_name(text: str) -> bool:
    clean = _bare_name(text)
    letters = sum(c.isalpha() for c in clean)
    return letters >= 3 and _NAME.match(clean) is not None and len(clean) <= 80
