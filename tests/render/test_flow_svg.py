"""The small flow picture."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from sopextract.model.record import Pelaksana
from sopextract.render import flow_svg
from tests.factories import langkah, record
from tests.render.flows import random_flow

SVG = "{http://www.w3.org/2000/svg}"


def test_flow_picture_is_well_formed_and_says_what_it_shows() -> None:
    root = ET.fromstring(flow_svg(record()))  # noqa: S314 - our own output
    assert root.get("aria-label") == "Bagan alir Penerimaan Surat Masuk: 3 langkah"
    texts = [t.text for t in root.iter(f"{SVG}text")]
    assert [t for t in texts if t in ("Mulai", "Selesai")] == ["Mulai", "Selesai"]
    assert sum(p.get("class") == "l" for p in root.iter(f"{SVG}path")) == 2


def test_flow_picture_escapes_what_it_is_given() -> None:
    evil = "<b>\"'&\x01</b>"
    actor = Pelaksana(nama=evil, lengkap=evil, kolom=1)
    steps = (langkah(1, evil, evil),)
    root = ET.fromstring(  # noqa: S314 - our own output
        flow_svg(record(nama_sop=evil, pelaksana=(actor,), langkah=steps, alur=()))
    )
    assert root.find(f".//{SVG}b") is None


def test_flow_picture_of_nothing() -> None:
    empty = record(langkah=(), alur=(), pelaksana=())
    assert ET.fromstring(flow_svg(empty)).tag == f"{SVG}svg"  # noqa: S314 - our own output


def test_flow_picture_style_stays_its_own() -> None:
    style = ET.fromstring(flow_svg(random_flow(5))).findtext(f"{SVG}style") or ""  # noqa: S314
    assert all(rule.startswith(".sop-flow ") for rule in style.split("}") if rule)


def test_flow_picture_greys_rows_that_nobody_is_known_to_do() -> None:
    steps = (langkah(1, "Menerima surat"), langkah(2, "Mencatat surat"))
    root = ET.fromstring(flow_svg(record(langkah=steps, alur=())))  # noqa: S314 - our own output
    assert sum(r.get("class") == "u" for r in root.iter(f"{SVG}rect")) == 2
