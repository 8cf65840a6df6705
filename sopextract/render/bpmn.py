"""The flow as BPMN 2.0: a pool, a lane for each actor, and where everything lies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import Literal

from sopextract.model.record import SopRecord
from sopextract.render.form import Labels, load_form
from sopextract.render.office import XML_HEAD, xml_text
from sopextract.render.prepare import prepare
from sopextract.render.sheet.bands import bands_for
from sopextract.render.sheet.build import build_sheet
from sopextract.render.sheet.measure import MM_PER_PT, count_lines
from sopextract.render.sheet.model import (
    CHANNELS,
    Connector,
    FlowEdge,
    Lane,
    Row,
    SheetModel,
    Symbol,
)
from sopextract.render.sheet.placed import Box, PlacedLine, Spot, border, complete, side_of
from sopextract.render.sheet.router import route
from sopextract.render.sheet.rows import printed_text
from sopextract.settings import RenderSettings

Kind = Literal["startEvent", "endEvent", "task", "exclusiveGateway"]

# Pixels; the sizes of nodes are those that BPMN editors give new ones. In the order in which the
# nodes of one symbol follow one another
SIZES: dict[Kind, tuple[float, float]] = {
    "startEvent": (36.0, 36.0),
    "task": (120.0, 84.0),
    "exclusiveGateway": (50.0, 50.0),
    "endEvent": (36.0, 36.0),
}
SLOT_PX: dict[Kind, float] = {
    "startEvent": 90.0,
    "endEvent": 90.0,
    "task": 200.0,
    "exclusiveGateway": 120.0,
}
LEFT_PX, TOP_PX, HEAD_PX = 160.0, 80.0, 30.0
AROUND_PX = 66.0  # of a lane, above and below its tasks
TEXT_PT, TEXT_PX, LINE_PX = 9.0, 108.0, 14.4  # in a task: 12 pixels as bpmn-js writes them
UNSETTLED_LANE = "Pelaksana belum terbaca"
_NAMESPACES = (
    'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" '
    'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:di="http://www.omg.org/spec/DD/20100524/DI" '
    'targetNamespace="https://sopextract.invalid/bpmn"'
)
_ACROSS = {"N": "W", "S": "E", "W": "N", "E": "S"}  # rows run to the right here


@dataclass(frozen=True, slots=True)
class _Node:
    """One node: its kind, name, place in the grid (slot across, lane down) and documentation."""

    id: str
    kind: Kind
    name: str
    slot: int
    lane: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Diagram:
    """Nodes and flows, with the grid that they lie on."""

    lanes: tuple[Lane, ...]
    nodes: tuple[_Node, ...]
    flows: tuple[FlowEdge, ...]
    slots: tuple[Kind, ...]

    @property
    def task_px(self) -> float:
        """The height of every task: that of the longest name, which editors do not clip."""
        width = TEXT_PX * 0.75 * MM_PER_PT
        lines = max((count_lines(n.name, width, TEXT_PT) for n in self.nodes), default=0)
        return max(SIZES["task"][1], lines * LINE_PX + LINE_PX)

    @property
    def lane_px(self) -> float:
        """The height of every lane."""
        return self.task_px + AROUND_PX


def render_bpmn(record: SopRecord, settings: RenderSettings) -> bytes:
    """The flow of a sheet as BPMN 2.0 with its diagram.

    A step is a task; a decision is a task and the gateway after it; the first and last capsules are
    events beside their tasks. Mutu Baku is in each task's documentation. A step that nobody is
    known to do lies in a lane of its own. Raises ConfigError when the user's own form is wrong.
    """
    labels = load_form(settings).labels
    sheet = build_sheet(prepare(record, settings))
    diagram = _expand(sheet, labels, marks=not settings.clean)
    xs = list(accumulate((SLOT_PX[kind] for kind in diagram.slots), initial=LEFT_PX + HEAD_PX))
    boxes = [_box(node, diagram, xs) for node in diagram.nodes]
    lines = _lines(diagram, boxes, xs)
    name = sheet.title or "SOP tanpa nama"
    body = "".join(
        (
            f'{XML_HEAD}<definitions {_NAMESPACES} id="definisi" exporter="sopextract">',
            '<collaboration id="kolaborasi">'
            f'<participant id="kolam" name="{xml_text(name)}" processRef="proses"/>'
            "</collaboration>",
            '<process id="proses" isExecutable="false">',
            *_lane_set(diagram),
            *_flow_nodes(diagram),
            *_sequence_flows(diagram),
            "</process>",
            *_shapes(diagram, boxes, lines, xs[-1]),
            "</definitions>",
        )
    )
    return body.encode()


def _expand(sheet: SheetModel, labels: Labels, *, marks: bool) -> _Diagram:
    """Events, tasks and gateways of all symbols, each in a slot of its own in reading order."""
    lanes = sheet.lanes
    if any(not any(s.row == i for s in sheet.symbols) for i in range(len(sheet.rows))):
        lanes = (*lanes, Lane(UNSETTLED_LANE, known=True))
    plan = _Plan()
    for index, row in enumerate(sheet.rows):
        here = {i: s for i, s in enumerate(sheet.symbols) if s.row == index}
        name = f"{row.no}. {printed_text(row.kegiatan, marks)}"
        text = _documentation(row, labels, marks)
        for slot in range(max((s.slot for s in here.values()), default=-1) + 1):
            side_by_side = {i: (s, _kinds(s, here)) for i, s in here.items() if s.slot == slot}
            plan.add_band(side_by_side, name, text)
        if not here:
            plan.slots.append("task")
            plan.add("task", name, len(plan.slots) - 1, len(lanes) - 1, text)
    flows = [
        FlowEdge(plan.last[e.source], plan.first[e.target], e.label, e.inferred)
        for e in sheet.edges
    ]
    return _Diagram(lanes, tuple(plan.nodes), (*plan.flows, *flows), tuple(plan.slots))


def _kinds(symbol: Symbol, row: Mapping[int, Symbol]) -> tuple[Kind, ...]:
    """What a symbol is in BPMN, in the order of its flow.

    A capsule or a decision is an event or a gateway beside the task that it stands for, which the
    actor's box in the same row is already, where there is one.
    """
    mine = [s for s in row.values() if s.lane == symbol.lane]
    tasks = any(s.simbol == "proses" for s in mine)
    event: Kind | None = None
    if symbol.text in ("Mulai", "Selesai"):
        event = "startEvent" if symbol.text == "Mulai" else "endEvent"
        if len(mine) > 1:
            return (event,)
    gateway: tuple[Kind, ...] = ("exclusiveGateway",) if symbol.simbol == "keputusan" else ()
    if gateway and tasks:
        return gateway
    before: tuple[Kind, ...] = ("startEvent",) if event == "startEvent" else ()
    after: tuple[Kind, ...] = ("endEvent",) if event == "endEvent" else ()
    return (*before, "task", *gateway, *after)


@dataclass(slots=True)
class _Plan:
    """A diagram in the making; `first` and `last` are the nodes where each symbol's flow runs."""

    nodes: list[_Node] = field(default_factory=list)
    slots: list[Kind] = field(default_factory=list)
    flows: list[FlowEdge] = field(default_factory=list)
    first: dict[int, int] = field(default_factory=dict)
    last: dict[int, int] = field(default_factory=dict)

    def add(self, kind: Kind, name: str, slot: int, lane: int, text: str = "") -> int:
        """One node; its number."""
        self.nodes.append(_Node(f"{kind}_{len(self.nodes) + 1}", kind, name, slot, lane, text))
        return len(self.nodes) - 1

    def add_band(
        self, symbols: Mapping[int, tuple[Symbol, tuple[Kind, ...]]], name: str, text: str
    ) -> None:
        """The nodes of symbols that stand side by side, those of one kind below one another."""
        asked = {kind for _, kinds in symbols.values() for kind in kinds}
        slots = {}
        for kind in (k for k in SIZES if k in asked):
            slots[kind] = len(self.slots)
            self.slots.append(kind)
        for index, (symbol, kinds) in symbols.items():
            nodes = []
            for kind in kinds:
                said = name if kind == "task" else "" if kind == "exclusiveGateway" else symbol.text
                body = text if kind == "task" else ""
                nodes.append(self.add(kind, said, slots[kind], symbol.lane, body))
            self.flows += [FlowEdge(a, b) for a, b in pairwise(nodes)]
            tasks = [n for n in nodes if self.nodes[n].kind in ("task", "exclusiveGateway")]
            self.first[index], self.last[index] = (tasks or nodes)[0], (tasks or nodes)[-1]


def _documentation(row: Row, labels: Labels, marks: bool) -> str:
    fields = (
        (labels.kelengkapan, row.kelengkapan),
        (labels.waktu, row.waktu),
        (labels.output, row.output),
        (labels.keterangan, row.keterangan),
    )
    lines = [f"{label}: {text}" for label, f in fields if (text := printed_text(f, marks))]
    return "\n".join([*lines, *([row.told] if row.note else [])])


def _box(node: _Node, diagram: _Diagram, xs: Sequence[float]) -> Box:
    width, height = SIZES[node.kind]
    if node.kind == "task":
        height = diagram.task_px
    x = (xs[node.slot] + xs[node.slot + 1]) / 2
    y = TOP_PX + (node.lane + 0.5) * diagram.lane_px
    return Box(x - width / 2, y - height / 2, width, height)


def _lines(diagram: _Diagram, boxes: Sequence[Box], xs: Sequence[float]) -> list[PlacedLine | None]:
    """The way of every flow; None for one that found none."""
    symbols = [Symbol(n.slot, n.lane, None, False) for n in diagram.nodes]
    bands = bands_for((), max(1, len(diagram.slots)))
    routing = route(symbols, diagram.flows, len(diagram.lanes), bands)
    found: list[PlacedLine | None] = [None] * len(diagram.flows)
    for connector in routing.connectors:
        found[connector.edge] = _line(connector, diagram, boxes, xs)
    whole = [line for line in found if line is not None]
    return [line and complete(line, whole) for line in found]


def _line(
    connector: Connector, diagram: _Diagram, boxes: Sequence[Box], xs: Sequence[float]
) -> PlacedLine:
    flow = diagram.flows[connector.edge]
    lane_px = diagram.lane_px
    spots = [_spot(x, y, xs, lane_px) for x, y in connector.points]
    start = side_of(spots[0], spots[1])
    spots[0] = border(boxes[flow.source], start)
    end = _ACROSS.get(connector.side, "")
    if end:
        spots[-1] = border(boxes[flow.target], end)
    return PlacedLine(tuple(spots), bool(end), flow.source, flow.target, start, end, flow.label)


def _spot(x: int, y: int, xs: Sequence[float], lane_px: float) -> Spot:
    """A place of the router's grid, lanes down and rows across."""
    slot, offset = divmod(y, CHANNELS)
    return (
        xs[slot] + (xs[slot + 1] - xs[slot]) * offset / CHANNELS,
        TOP_PX + x * lane_px / CHANNELS,
    )


def _lane_set(diagram: _Diagram) -> Iterator[str]:
    yield '<laneSet id="jalur">'
    for index, lane in enumerate(diagram.lanes):
        refs = "".join(
            f"<flowNodeRef>{node.id}</flowNodeRef>" for node in diagram.nodes if node.lane == index
        )
        yield f'<lane id="jalur_{index + 1}" name="{xml_text(lane.nama)}">{refs}</lane>'
    yield "</laneSet>"


def _flow_nodes(diagram: _Diagram) -> Iterator[str]:
    for index, node in enumerate(diagram.nodes):
        name = f' name="{xml_text(node.name)}"' if node.name else ""
        text = f"<documentation>{xml_text(node.text)}</documentation>" if node.text else ""
        into = (i for i, f in enumerate(diagram.flows) if f.target == index)
        out = (i for i, f in enumerate(diagram.flows) if f.source == index)
        ends = "".join(f"<incoming>alur_{i + 1}</incoming>" for i in into)
        ends += "".join(f"<outgoing>alur_{i + 1}</outgoing>" for i in out)
        yield f'<{node.kind} id="{node.id}"{name}>{text}{ends}</{node.kind}>'


def _sequence_flows(diagram: _Diagram) -> Iterator[str]:
    for index, flow in enumerate(diagram.flows, 1):
        name = f' name="{xml_text(flow.label)}"' if flow.label else ""
        source, target = diagram.nodes[flow.source].id, diagram.nodes[flow.target].id
        yield f'<sequenceFlow id="alur_{index}"{name} sourceRef="{source}" targetRef="{target}"/>'


def _bounds(box: Box) -> str:
    return (
        f'<dc:Bounds x="{box.left:g}" y="{box.top:g}" width="{box.width:g}" '
        f'height="{box.height:g}"/>'
    )


def _shapes(
    diagram: _Diagram, boxes: Sequence[Box], lines: Sequence[PlacedLine | None], right: float
) -> Iterator[str]:
    lane_px = diagram.lane_px
    tall = lane_px * len(diagram.lanes)
    pool = Box(LEFT_PX, TOP_PX, right - LEFT_PX, tall)
    yield '<bpmndi:BPMNDiagram id="diagram"><bpmndi:BPMNPlane id="bidang" bpmnElement="kolaborasi">'
    yield _shape("kolam", pool, ' isHorizontal="true"')
    for index in range(len(diagram.lanes)):
        lane = Box(LEFT_PX + HEAD_PX, TOP_PX + index * lane_px, right - LEFT_PX - HEAD_PX, lane_px)
        yield _shape(f"jalur_{index + 1}", lane, ' isHorizontal="true"')
    for node, box in zip(diagram.nodes, boxes, strict=True):
        extra = ' isMarkerVisible="true"' if node.kind == "exclusiveGateway" else ""
        yield _shape(node.id, box, extra)
    for index, (flow, line) in enumerate(zip(diagram.flows, lines, strict=True), 1):
        points = line.points if line else (_centre(boxes[flow.source]), _centre(boxes[flow.target]))
        spots = "".join(f'<di:waypoint x="{x:g}" y="{y:g}"/>' for x, y in points)
        label = ""
        if flow.label:
            at = _label_box(points, flow.label)
            label = f"<bpmndi:BPMNLabel>{_bounds(at)}</bpmndi:BPMNLabel>"
        yield (
            f'<bpmndi:BPMNEdge id="alur_{index}_di" bpmnElement="alur_{index}">{spots}{label}'
            "</bpmndi:BPMNEdge>"
        )
    yield "</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>"


def _shape(element: str, box: Box, extra: str) -> str:
    return (
        f'<bpmndi:BPMNShape id="{element}_di" bpmnElement="{element}"{extra}>{_bounds(box)}'
        "</bpmndi:BPMNShape>"
    )


def _centre(box: Box) -> Spot:
    return box.left + box.width / 2, box.top + box.height / 2


def _label_box(points: Sequence[Spot], text: str) -> Box:
    """Beside the beginning of a flow: above a level one, right of an upright one."""
    (ax, ay), (bx, by) = points[0], points[1]
    width = 6.0 * len(text) + 4.0
    if ay == by:
        return Box(ax + 4.0 if bx > ax else ax - 4.0 - width, ay - 18.0, width, 14.0)
    return Box(ax + 5.0, ay + 4.0 if by > ay else ay - 18.0, width, 14.0)
