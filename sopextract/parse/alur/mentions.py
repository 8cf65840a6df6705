"""Who is named in the text of a step, in which role, and the exits that it describes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from sopextract.core.text import fold, squeeze
from sopextract.lexicon.jabatan import (
    Post,
    Token,
    compare_words,
    find_head,
    is_unit_head,
    is_unit_word,
    match_posts,
)
from sopextract.parse.alur.simbol import Exit, exit_of


class Role(StrEnum):
    """What the text says about the one it names."""

    SUBJECT = "subject"  # "Tim berkoordinasi …": does the step
    ORDER = "order"  # "memerintahkan X untuk …": does the next step, stands lower
    TO = "to"  # "menyampaikan kepada X": does the next step
    BACK = "back"  # "jika tidak … dikembalikan kepada X": did an earlier step
    SOURCE = "source"  # "menerima … dari X": did the step before
    AGENT = "agent"  # "ditandatangani oleh X"
    WITH = "with"  # "bersama X"
    NAMED = "named"  # anything else


@dataclass(frozen=True, slots=True)
class Mention:
    """One naming. `columns` maps each column's position to its match, only the good ones."""

    role: Role
    columns: dict[int, float]
    posts: tuple[Post, ...]


@dataclass(frozen=True, slots=True)
class TextExit:
    """One exit that the text describes: "jika tidak setuju dikembalikan kepada X".

    `target` is who gets it (None: nobody named); `step` a step number named instead.
    """

    label: Exit
    words: str
    target: Mention | None
    step: int | None


@dataclass(frozen=True, slots=True)
class StepText:
    """What one step's text says about the flow; `verbs` are its leading verbs."""

    mentions: tuple[Mention, ...]
    exits: tuple[TextExit, ...]
    receives: bool
    archives: bool
    verbs: frozenset[str]


# "jika setuju …", or without "jika" and with a colon: "Ya: dilanjutkan".
_CONDITION = re.compile(
    r"""
      \b(?:jika|apabila|bila|bilamana|kalau|jikalau)\b
    | (?<!tidak\ )(?<!belum\ )
      (?=\b(?:(?:tidak|belum)\s+)?(?:ya|tidak|setuju|lengkap|sesuai|benar)\s*:)
    """,
    re.VERBOSE | re.IGNORECASE,
)
# The words of the condition: an optional not-yet/already, then one word, and what completes it.
_CONDITION_WORDS = re.compile(
    r"""
    \s* (?:(?:maka|hasilnya|ternyata|data|dokumen|berkas|sudah|telah|dinyatakan|masih)\s+)*
    (?P<words>
      (?:tidak|tdk|tak|belum|kurang|ya|iya)(?=\s*(?:[,.;:=→]|->|$|di(?!setujui|terima)|maka|kembali|ke\b))
      | (?:(?:tidak|tdk|tak|belum|kurang|bukan)\s+)?
        (?:ada|terdapat|memenuhi|perlu|masih|terjadi)\s+\w+
      | (?:(?:tidak|tdk|tak|belum|kurang|bukan)\s+)? \w+
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
# "kembali ke langkah 3", "ke no. 2", "kembali ke (2)"; not "dikembalikan dalam 3 hari".
_STEP_NUMBER = re.compile(
    r"""
    (?: \b(?:kembali|dikembalikan|lanjut|dilanjutkan|menuju|ulangi|diulangi)\b [^.;]{0,30}?
        \b(?:langkah|nomor|no|kegiatan|aktivitas|tahap|poin)\b
      | \bke\s+(?:langkah|nomor|no|tahap|poin)\b
      | \b(?:kembali|dikembalikan|lanjut)\s+ke (?=\s*\(?\d)
    )
    \.?\s*(?:ke-?\s*|no(?:mor)?\b\.?\s*)? \(?(\d{1,2})\b
    (?!\s*(?:x|kali|menit|jam|hari|minggu|bulan|tahun)\b)
    """,
    re.IGNORECASE | re.VERBOSE,
)
# A remark beside the step leaves out the "jika": "Tidak lengkap dikembalikan", "Ya lanjut".
_REMARK = re.compile(
    r"(?:^|[,;./]\s*|\s(?=ya\b|tidak\b))(?=(?:ya|tidak|tdk|belum|kurang)\b)", re.IGNORECASE
)
_ASKS = re.compile(r"\b(?:jika|apabila|bila|bilamana|kalau|jikalau|maka)\b", re.IGNORECASE)
_TO = frozenset({"kepada", "kpd", "kepad", "ke", "melalui", "lewat"})
_PASSING = re.compile(
    r"^(?:me|di)(?:nyampai|nyerah|neruskan|ngirim|ngaju|lapor|sampai|serah|terus|kirim|aju|beri"
    r"|mberi|ngembali|kembali|distribusi|ndistribusi|disposisi|ndisposisi|limpah|antar|ngantar)"
)
_ORDERING = re.compile(
    r"^(?:me|di)(?:merintah|perintah|nugas|tugas|nginstruksi|instruksi|ndisposisi|disposisi|minta"
    r"|ngarahkan|arahkan|nunjuk|tunjuk)\w*$"
)
_ORDER_NOUNS = frozenset({"perintah", "arahan", "tugas", "instruksi", "penugasan", "disposisi"})
_GIVING = re.compile(r"^(?:memberi|diberi|menyampai|disampai|mengeluar|meneruskan|menurunkan)")
_SKIP = frozenset({"para", "setiap", "masing", "seluruh", "semua", "bapak", "ibu", "sdr", "yth"})
_ROLE_BY_WORD = {
    "dari": Role.SOURCE,
    "oleh": Role.AGENT,
    "dengan": Role.WITH,
    "bersama": Role.WITH,
    "beserta": Role.WITH,
}
_VERB = re.compile(r"^(?:me[mnl]?\w{4,}|ber\w{3,}|di(?!nas)\w{4,}|rapat|verifikasi|paraf|input)$")
_GROUPING = frozenset({"dan", "atau", "serta", "selaku"})
_BREAKS = frozenset({"dan", "kemudian", "lalu", "selanjutnya", "serta", "untuk"})
# "kepada X untuk diteruskan kepada Y": Y comes after X's own step.
_PURPOSE = frozenset({"untuk", "agar", "guna", "supaya"})
# "jika diperlukan" is a proviso, not an exit.
_PROVISO = re.compile(r"^(?:di)?(?:perlu|butuh|mungkin)|^memungkinkan|^ada$", re.IGNORECASE)
_ARCHIVING = re.compile(r"^(?:mengarsip\w*|pengarsipan|diarsip\w*|arsipkan|mengfile\w*)$")
_MAX_UNIT_WORDS = 5  # "Umum, Kepegawaian dan Tata Usaha" with its joining word
_GOOD = 0.5  # below it the match is a chance agreement of one word, see lexicon/jabatan.py
_CLOSE = 0.25  # a column this much worse than the best one is not meant
_TITLE_CASE = 0.6  # share of capitalised words above which capitals say nothing


def read_step(text: str, columns: Sequence[tuple[Post, ...]]) -> StepText:
    """Give what a step's text says; `columns` holds the posts of each actor column.

    A post that fits no column is kept with empty `columns`: somebody outside the sheet.
    """
    clean = squeeze(text)
    starts = [m.start() for m in _CONDITION.finditer(clean)]
    bounds = [0, *starts, len(clean)]
    mentions: list[Mention] = []
    exits: list[TextExit] = []
    label_words = frozenset(w for posts in columns for p in posts for w in p.of)
    heads = frozenset(tuple(p.head.split()) for posts in columns for p in posts)
    for n, (start, end) in enumerate(pairwise(bounds)):
        segment = clean[start:end]
        condition = _CONDITION.match(segment) if n else None
        label, words = None, ""
        if condition:
            found = _CONDITION_WORDS.match(segment, condition.end())
            words = squeeze(found["words"]) if found else ""
            label = exit_of(words)
        named = _find_mentions(segment, columns, label_words, heads, label, first=n == 0)
        mentions += named
        if label and words and not _PROVISO.match(words):
            wanted = (Role.BACK,) if label == "Tidak" else (Role.TO, Role.ORDER)
            target = next((m for m in named if m.role in wanted), None)
            number = _STEP_NUMBER.search(segment)
            exits.append(TextExit(label, words, target, int(number[1]) if number else None))
    tokens = compare_words(clean)
    verbs = [t.word for t in tokens[:4] if _VERB.match(t.word) or _ARCHIVING.match(t.word)]
    ordered = any(m.role is Role.ORDER for m in mentions)
    return StepText(
        mentions=tuple(mentions),
        exits=tuple(exits),
        receives=bool(tokens) and tokens[0].word in ("menerima", "penerimaan"),
        archives=not ordered and _archives(tokens, verbs),
        verbs=frozenset(verbs),
    )


def read_remark(text: str, columns: Sequence[tuple[Post, ...]]) -> tuple[TextExit, ...]:
    """Give the exits that the Keterangan beside a step describes.

    Reads "Jika tidak sesuai kembali ke no. 3", and without "jika": "Tidak: ke langkah 2", "Belum
    lengkap dikembalikan ke Pemohon". Of those only one that says where it leads is an exit:
    "Jika jaringan normal" is none.
    """
    clean = squeeze(text)
    if not _ASKS.search(clean):
        clean = _REMARK.sub(lambda m: f"{m[0]} jika ", clean)
    exits = read_step(clean, columns).exits
    leading = [e for e in exits if e.step is not None or (e.target and e.target.columns)]
    return exits if leading and {e.label for e in exits} == {"Ya", "Tidak"} else tuple(leading)


def find_sources(text: str, columns: Sequence[tuple[Post, ...]]) -> tuple[Mention, ...]:
    """Who is named as origin in an input cell: "Bahan masukan dari Ketua Tim"."""
    if "dari" not in fold(text):
        return ()
    return tuple(m for m in read_step(text, columns).mentions if m.role is Role.SOURCE)


def match_columns(posts: tuple[Post, ...], columns: Sequence[tuple[Post, ...]]) -> dict[int, float]:
    """The columns that a naming may mean, with how well each fits."""
    scores = [match_posts(posts, column) for column in columns]
    best = max(scores, default=0.0)
    return {i: s for i, s in enumerate(scores) if s >= _GOOD and s >= best - _CLOSE}


def _archives(tokens: Sequence[Token], verbs: Sequence[str]) -> bool:
    if any(_ARCHIVING.match(v) for v in verbs):
        return True
    return "menyimpan" in verbs and any(t.word.startswith("arsip") for t in tokens)


def _find_mentions(
    segment: str,
    columns: Sequence[tuple[Post, ...]],
    label_words: frozenset[str],
    heads: frozenset[tuple[str, ...]],
    label: Exit | None,
    *,
    first: bool,
) -> list[Mention]:
    tokens = compare_words(segment)
    capitals_tell = _capitals_tell(tokens)
    found: list[Mention] = []
    i = after = 0
    received = len(tokens)
    while i < len(tokens):
        if not _head_size(tokens, i, heads):
            i += 1
            continue
        posts, end = _read_group(tokens, i, heads, label_words, capitals_tell)
        role = _role(tokens, i, end, first=first and not found)
        if label == "Tidak" and role in (Role.TO, Role.ORDER) and not _resumes(tokens, after, i):
            role = Role.BACK
        if role in (Role.TO, Role.ORDER):
            if any(t.word in _PURPOSE for t in tokens[received:i]):
                role = Role.NAMED
            received = end
        if role is Role.BACK:
            after = end
        if not (all(is_unit_head(p.head) for p in posts) and role in (Role.NAMED, Role.WITH)):
            found.append(Mention(role, match_columns(posts, columns), posts))
        i = end
    return found


def _resumes(tokens: Sequence[Token], start: int, end: int) -> bool:
    """After a named return, an active verb takes up the main line: "…, menyampaikan kepada Y"."""
    return start > 0 and any(t.word.startswith("me") for t in tokens[start:end])


def _read_group(
    tokens: tuple[Token, ...],
    start: int,
    heads: frozenset[tuple[str, ...]],
    label_words: frozenset[str],
    capitals_tell: bool,
) -> tuple[tuple[Post, ...], int]:
    """Read "KABID, KASI dan Staf" from `start`; gives the posts and where they end."""
    posts: list[Post] = []
    i = start
    while True:
        size = _head_size(tokens, i, heads)
        end = i + size
        while end < len(tokens) and end - i - size < _MAX_UNIT_WORDS:
            if not _belongs(tokens, end, heads, label_words, capitals_tell):
                break
            end += 1
        of = frozenset(t.word for t in tokens[i + size : end])
        posts.append(Post(" ".join(t.word for t in tokens[i : i + size]), of))
        following = end + 1 if end < len(tokens) and tokens[end].word in _GROUPING else end
        if following >= len(tokens) or not _head_size(tokens, following, heads):
            return tuple(posts), end
        if following == end and not tokens[end].joined:
            return tuple(posts), end
        i = following


def _belongs(
    tokens: tuple[Token, ...],
    i: int,
    heads: frozenset[tuple[str, ...]],
    label_words: frozenset[str],
    capitals_tell: bool,
) -> bool:
    """Whether the word at `i` still belongs to the name of the post before it."""
    token = tokens[i]
    if token.stop or (token.joined and tokens[i - 1].word != "dan"):
        return False
    if token.word in _GROUPING:
        if token.word != "dan" or i + 1 >= len(tokens) or _head_size(tokens, i + 1, heads):
            return False
        return tokens[i + 1].word in label_words or is_unit_word(tokens[i + 1].word)
    if token.word in label_words or is_unit_word(token.word):
        return True
    if _VERB.match(token.word) or token.word in _BREAKS or token.word in _TO:
        return False
    return capitals_tell and token.capital and len(token.word) > 1 and token.word not in _STOPS


_STOPS = frozenset({"utuk", "untk", "yang", "agar", "dimasing", "masing", "tentang", "dengan"})


def _role(tokens: Sequence[Token], start: int, end: int, *, first: bool) -> Role:
    k = start - 1
    while k >= 0 and tokens[k].word in _SKIP:
        k -= 1
    if k < 0:
        verbs = any(_VERB.match(t.word) for t in tokens[end : end + 3])
        return Role.SUBJECT if first and verbs else Role.NAMED
    before = tokens[k].word
    if before in _ROLE_BY_WORD:
        return _ROLE_BY_WORD[before] if not _described(tokens, k) else Role.NAMED
    if _ORDERING.match(before):
        return Role.ORDER
    if before in _TO or (before == "pada" and _passes(tokens, k)):
        if _described(tokens, k):
            return Role.NAMED
        return Role.ORDER if _orders(tokens, k) else Role.TO
    return Role.NAMED


def _described(tokens: Sequence[Token], k: int) -> bool:
    """Whether a "yang" governs the preposition at `k`: "surat yang ditujukan kepada X"."""
    for token in reversed(tokens[:k]):
        if token.word == "yang":
            return True
        if token.word in _BREAKS or token.stop or token.joined:
            return False
    return False


def _passes(tokens: Sequence[Token], k: int) -> bool:
    return any(_PASSING.match(t.word) for t in tokens[:k])


def _orders(tokens: Sequence[Token], k: int) -> bool:
    """Whether the verb before the preposition at `k` orders: "memberikan arahan kepada X".

    Not "memasang lembar disposisi dan menyerahkan kepada X", nor "melaporkan tugas kepada X".
    """
    noun = False
    for token in reversed(tokens[max(0, k - 5) : k]):
        if _ORDERING.match(token.word):
            return True
        noun = noun or token.word in _ORDER_NOUNS
        if _VERB.match(token.word):
            return noun and bool(_GIVING.match(token.word))
    return False


def _capitals_tell(tokens: Sequence[Token]) -> bool:
    long = [t for t in tokens if len(t.word) > 3]
    return bool(long) and sum(t.capital for t in long) / len(long) < _TITLE_CASE


@lru_cache(maxsize=512)
def _sizes(heads: frozenset[tuple[str, ...]]) -> tuple[int, ...]:
    return tuple(sorted({len(h) for h in heads}, reverse=True))


def _head_size(tokens: tuple[Token, ...], start: int, heads: frozenset[tuple[str, ...]]) -> int:
    size = find_head(tokens, start)
    if size:
        return size
    for n in _sizes(heads):
        if tuple(t.word for t in tokens[start : start + n]) in heads:
            return n
    return 0
