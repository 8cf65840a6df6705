"""A sheet has what PDF/A and PDF/UA ask for; a file that lacks it is found out."""

from __future__ import annotations

import pytest

from sopextract.render import render
from sopextract.settings import RenderSettings
from tests.factories import record
from tools.pdf_claims import find_faults


@pytest.mark.parametrize("attach", [False, True])
def test_a_sheet_has_all_that_is_looked_for(attach: bool) -> None:
    data = render(record(), "pdf", RenderSettings(attach=attach, changes=True))
    assert list(find_faults(data)) == []


@pytest.mark.parametrize(
    ("there", "instead", "fault"),
    [
        (b"/Lang", b"/Lxng", "its language is not Indonesian"),
        (b"/OutputIntents", b"/OutputIntentx", "it has no OutputIntents"),
        (b"/DisplayDocTitle true", b"/DisplayDocTitle null", "ViewerPreferences does not say"),
        (b"/FontFile", b"/FxntFile", "is not in the file"),
        (b"/ToUnicode", b"/TxUnicode", "cannot be copied from"),
        (b"/Alt", b"/Axt", "has no text"),
        (b"/Scope", b"/Scxpe", "has no scope"),
        (b"pdfuaid:part>1", b"pdfuaid:part>2", "claims no PDF/UA part"),
    ],
)
def test_what_a_file_lacks_is_found(there: bytes, instead: bytes, fault: str) -> None:
    data = render(record(), "pdf", RenderSettings())
    assert there in data
    assert any(fault in found for found in find_faults(data.replace(there, instead)))
