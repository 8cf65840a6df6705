"""What a sheet takes from its file: the agency of a cover, the certificate of the pages."""

from __future__ import annotations

from dataclasses import replace

from sopextract.model.draft import MaybeText, Method, Reading, SopDraft
from sopextract.parse.identitas.kop import Kop

# Likely, as one file is mostly one agency's, but not printed on the sheet; own judgement, below the
# sure line so that it is said.
_INHERITED = 0.85


def with_agency(draft: SopDraft, above: SopDraft | Kop | None) -> SopDraft:
    """The draft with the agency of the cover or of the sheet before, where its own names none.

    `above` is the nearest of them, None when nothing stands before. What is taken is inferred.
    """
    if above is None or draft.pemerintah is not None or draft.perangkat_daerah is not None:
        return draft
    return replace(
        draft,
        pemerintah=_inherited(above.pemerintah),
        perangkat_daerah=_inherited(above.perangkat_daerah),
    )


def _inherited(reading: MaybeText | None) -> MaybeText | None:
    if reading is None or reading.value is None:
        return None
    return replace(reading, method=Method.INFERRED, score=min(reading.score, _INHERITED))


def with_certificate(draft: SopDraft, certificate: Reading[bool] | None) -> SopDraft:
    """The draft of a file whose pages say that it was signed electronically."""
    signed = draft.disahkan_oleh.tanda_tangan_elektronik
    if certificate is None or (signed is not None and signed.value):
        return draft
    block = replace(draft.disahkan_oleh, tanda_tangan_elektronik=certificate)
    return replace(draft, disahkan_oleh=block)
