"""Records and documents whose every text is a probe: it shows when anything obeys it."""

from __future__ import annotations

from collections.abc import Iterator

from sopextract.model.record import SopRecord
from tests.batch.bait import Bait
from tests.export.sops import full_record

# What template languages would make of {{7*7}}PROBE and its like.
OBEYED = ("49PROBE", "uid=0(", "PWNED")
# Values that the record allows a few words for, and pointers: everything else is free text.
_FIXED = {"schema_version", "method", "simbol", "basis", "label", "hari", "severity", "kind",
          "status", "sha256", "path", "media_type", "daftar"}  # fmt: skip


def probes(bait: Bait) -> tuple[str, ...]:
    """Texts that begin differently, as formulas are told by their first sign."""
    url, secret = bait.url, bait.secret
    tail = (
        f"<script>fetch('{url}/s')</script><img src={url}/i onerror=document.title='PWNED'> "
        "{{7*7}}PROBE {% include '" + str(secret) + "' %} ${7*7}PROBE #{7*7}PROBE <%= 7*7 %>PROBE "
        f'#read("{secret}") #image("{url}/t.png") $7*7$ ![m]({url}/m.png) [j](javascript:alert(1)) '
        f"]]> <!ENTITY e SYSTEM '{secret.as_uri()}'> &e; </w:t><w:instrText>DDEAUTO</w:instrText> "
        f'" onmouseover="alert(1)" a;=1+1 \t=2+2 $(id) `id` \x00\x07\x0b\x1b[31m\ufffe _x003D_1'
    )
    heads = (
        f'=HYPERLINK("{url}/h","x") ', "@SUM(1) ", "+cmd|' /C calc'!A0 ", "＝1+1 ",
        f'=WEBSERVICE("{url}/w") ', "-2+3 ", "<svg onload=alert(1)> ", "{{7*7}}PROBE ",
    )  # fmt: skip
    return tuple(head + tail for head in heads)


def hostile_records(bait: Bait) -> Iterator[SopRecord]:
    """One record per probe that comes first in it, every free text of it a probe."""
    texts = probes(bait)
    for start in range(len(texts)):
        known: dict[str, str] = {}
        data = full_record(f"{start}.pdf").model_dump(mode="json")
        filled = SopRecord.model_validate(_filled(data, texts[start:] + texts[:start], known, ""))
        source = filled.source.model_copy(update={"path": f"{texts[start][:60]}/{start}.pdf"})
        yield filled.model_copy(update={"source": source})


def _filled(value: object, texts: tuple[str, ...], known: dict[str, str], key: str) -> object:
    """The value with a probe for each text; the same text gets the same probe."""
    if isinstance(value, dict):
        return {k: _filled(v, texts, known, k) for k, v in value.items()}
    if isinstance(value, list):
        return [_filled(v, texts, known, key) for v in value]
    if isinstance(value, str) and key not in _FIXED:
        return known.setdefault(value, texts[len(known) % len(texts)])
    return value
