"""The flow as BPMN: what symbols become, and that nothing of the diagram lies on anything else."""

from __future__ import annotations

from itertools import combinations
from xml.etree import ElementTree

import pytest

from sopextract.model.draft import Simbol
from sopextract.model.record import Alur, Bentuk, Langkah, SopRecord
from sopextract.render import render
from sopextract.settings import RenderSettings
from tests.factories import langkah, record
from tests.render.flows import random_flow

MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
SHAPE = "{http://www.omg.org/spec/BPMN/20100524/DI}BPMNShape"
BOUNDS = "{http://www.omg.org/spec/DD/20100524/DC}Bounds"
NODES = ("startEvent", "task", "exclusiveGateway", "endEvent")
LOKET, SEKSI = "Petugas Loket", "Kepala Seksi"


def diagram_of(sop: SopRecord) -> ElementTree.Element:
    return ElementTree.fromstring(render(sop, "bpmn", RenderSettings()))  # noqa: S314 - ours


def step(urutan: int, *marks: tuple[str, Simbol]) -> Langkah:
    bentuk = tuple(Bentuk(pelaksana=p, simbol=s) for p, s in marks)
    names = dict.fromkeys(p for p, _ in marks)
    return langkah(urutan, "Memeriksa", *names).model_copy(update={"bentuk": bentuk})


def nodes_of(root: ElementTree.Element) -> list[str]:
    return [e.tag.removeprefix(MODEL) for e in root.iter() if e.tag.removeprefix(MODEL) in NODES]


def test_a_capsule_or_decision_beside_the_box_of_its_actor_is_no_task_of_its_own() -> None:
    steps = (
        step(1, (LOKET, "terminator"), (LOKET, "proses")),
        step(2, (SEKSI, "proses"), (SEKSI, "keputusan")),
        step(3, (LOKET, "proses"), (LOKET, "terminator")),
    )
    edges = ((1, 2, None), (2, 3, "Ya"), (2, 1, "Tidak"))
    alur = tuple(Alur(dari=a, ke=b, label=label, basis="drawn") for a, b, label in edges)
    root = diagram_of(record(langkah=steps, alur=alur))
    assert nodes_of(root) == ["startEvent", "task", "task", "exclusiveGateway", "task", "endEvent"]
    names = {e.get("id"): e.get("name") for e in root.iter(f"{MODEL}task")}
    assert list(names.values()) == ["1. Memeriksa", "2. Memeriksa", "3. Memeriksa"]
    flows = [(f.get("sourceRef"), f.get("targetRef")) for f in root.iter(f"{MODEL}sequenceFlow")]
    assert sorted(flows) == [
        ("exclusiveGateway_4", "task_2"),
        ("exclusiveGateway_4", "task_5"),
        ("startEvent_1", "task_2"),
        ("task_2", "task_3"),
        ("task_3", "exclusiveGateway_4"),
        ("task_5", "endEvent_6"),
    ]


def test_a_capsule_or_decision_alone_stands_beside_its_task() -> None:
    steps = (step(1, (LOKET, "terminator")), step(2, (SEKSI, "keputusan")))
    root = diagram_of(record(langkah=steps, alur=(Alur(dari=1, ke=2, basis="drawn"),)))
    assert nodes_of(root) == ["startEvent", "task", "task", "exclusiveGateway"]


@pytest.mark.parametrize("seed", range(12))
def test_no_two_nodes_lie_on_each_other(seed: int) -> None:
    root = diagram_of(random_flow(seed))
    boxes = [
        tuple(float(shape.find(BOUNDS).get(k)) for k in ("x", "y", "width", "height"))  # type: ignore[union-attr,arg-type]  # every shape has bounds
        for shape in root.iter(SHAPE)
        if not str(shape.get("bpmnElement")).startswith(("kolam", "jalur"))
    ]
    assert len(boxes) == len(nodes_of(root))
    met = [
        (a, b)
        for a, b in combinations(boxes, 2)
        if a[0] < b[0] + b[2] and b[0] < a[0] + a[2] and a[1] < b[1] + b[3] and b[1] < a[1] + a[3]
    ]
    assert met == []
