// Flow pictures drawn from the data: rows that are the same work stand at the same height.

const LANE = 92, STEP = 54, HEAD = 46, NUMBER = 26, BOX = { w: 50, h: 24 };
const MARGIN = 40; // right of the last lane: a label of twelve letters at a symbol there

// `heights`: per drawn row how many steps it must hold; `places`: urutan → [row, position in it].
function flows(family, shown) {
  const places = shown.map((c) => placeSteps(family, c));
  const heights = family.rows.map((_, i) => Math.max(0, ...places.map((p) => p.used[i])));
  const tops = [];
  heights.reduce((top, height, i) => { tops[i] = top; return top + height; }, 0);
  const total_ = heights.reduce((a, b) => a + b, 0);
  return el("div", { class: "flows", tabindex: "0", role: "region", "aria-label": say("flow.title") }, ...shown.map((c, i) => {
    const rowOf = new Map([...places[i].of].map(([urutan, [row, at]]) => [urutan, tops[row] + at]));
    return el("figure", {}, el("figcaption", {}, quoted(agencyShort(agencyOf(family.members[c])))), drawFlow(family.sheets[c], rowOf, total_, places[i].state));
  }));
}

function placeSteps(family, column) {
  const of = new Map(), state = new Map(), used = family.rows.map(() => 0);
  family.rows.forEach((row, i) => {
    const cell = row[column];
    for (const one of cell ? [cell, ...cell.more] : []) {
      if (of.has(one.urutan)) continue;
      of.set(one.urutan, [i, used[i]]);
      used[i] += 1;
      state.set(one.urutan, one.differs && one.state === "sama" ? "mirip" : one.state);
    }
  });
  return { of, state, used };
}

// One sheet's flow. `rowOf` gives the row of each step, else steps follow one another.
function drawFlow(sheet, rowOf, rowCount, state) {
  const rows = rowOf || new Map(sheet.steps.map((s, i) => [s.urutan, i]));
  const lanes = Math.max(sheet.lanes.length, 1), count = rowCount || sheet.steps.length;
  const width = NUMBER + lanes * LANE, height = HEAD + count * STEP;
  const picture = svg("svg", { class: "flow", viewBox: `0 0 ${width + MARGIN} ${height}`, width: width + MARGIN, height, role: "img", "aria-label": say("flow.alt", { title: sheetTitle(sheet.sheet), n: sheet.steps.length }) });
  picture.append(svg("rect", { class: "paper", width, height }));
  drawRows(picture, sheet, rows, state, width);
  drawLanes(picture, sheet, height, width);
  const nodes = placeNodes(sheet, rows);
  const labels = sheet.edges.map((edge, i) => drawEdge(picture, edge, nodes, i));
  for (const node of nodes.values()) drawNode(picture, node);
  picture.append(...labels.filter(Boolean));
  return picture;
}

const rowTop = (row) => HEAD + row * STEP;
const laneX = (lane) => NUMBER + (lane + 0.5) * LANE;

function drawRows(picture, sheet, rows, state, width) {
  for (const step of sheet.steps) {
    if (!rows.has(step.urutan)) continue;
    const y = rowTop(rows.get(step.urutan)), kind = state && state.get(step.urutan);
    picture.append(svg("rect", { class: "row " + (kind || "acuan"), x: 0, y, width, height: STEP }));
    if (!step.lanes.length) picture.append(svg("rect", { class: "row nobody", x: NUMBER, y, width: width - NUMBER, height: STEP }));
    picture.append(svg("text", { class: "number", x: NUMBER / 2, y: y + STEP / 2 + 4 }, String(step.urutan)));
    picture.append(svg("path", { class: "grid", d: `M0 ${y}H${width}M0 ${y + STEP}H${width}` }));
  }
}

function drawLanes(picture, sheet, height, width) {
  picture.append(svg("path", { class: "grid", d: `M.5 .5H${width - 0.5}V${height - 0.5}H.5ZM0 ${HEAD}H${width}` }));
  sheet.lanes.forEach((name, lane) => {
    picture.append(svg("path", { class: "grid", d: `M${NUMBER + lane * LANE} 0V${height}` }));
    wrapped(name, 15, 3).forEach((line, i, all) => picture.append(svg("text", { class: "lane", x: laneX(lane), y: HEAD / 2 + 4 + (i - (all.length - 1) / 2) * 13, ...squeezed(line) }, line)));
    picture.append(svg("title", {}, name));
  });
}

// Attributes that press a line into its lane where its letters, some 6 wide and capitals 8, are too many.
function squeezed(line) {
  const wide = [...line].reduce((sum, letter) => sum + (letter === letter.toLowerCase() ? 6 : 8), 0);
  return wide > LANE - 6 ? { textLength: LANE - 6, lengthAdjust: "spacingAndGlyphs" } : {};
}

// Words in lines of about `size` letters; what is too much ends in "…".
function wrapped(words, size, most) {
  const lines = [""];
  for (const word of words.split(/\s+/)) {
    if (lines[lines.length - 1] && (lines[lines.length - 1] + " " + word).length > size) lines.push("");
    lines[lines.length - 1] = (lines[lines.length - 1] + " " + word).trim();
  }
  const kept = lines.slice(0, most).map((line) => line.length > size + 1 ? line.slice(0, size) + "…" : line);
  if (lines.length > most) kept[most - 1] = kept[most - 1].replace(/.?…?$/, "…");
  return kept;
}

// Symbols by "urutan/lane". A row whose actor is not known has one without a lane, in doubt.
function placeNodes(sheet, rows) {
  const nodes = new Map();
  for (const step of sheet.steps) {
    if (!rows.has(step.urutan)) continue;
    const y = rowTop(rows.get(step.urutan)) + STEP / 2, shapes = pairs(step.bentuk).filter(([lane]) => lane >= 0);
    const drawn = shapes.length ? shapes : step.lanes.map((lane) => [lane, step.simbol]);
    const title = step.urutan + ". " + step.kegiatan;
    if (!drawn.length) nodes.set(step.urutan + "/", { x: NUMBER + sheet.lanes.length * LANE / 2 || NUMBER + LANE / 2, y, kind: "", doubt: true, title });
    drawn.forEach(([lane, kind]) => nodes.set(step.urutan + "/" + lane, { x: laneX(lane), y, kind: SYMBOLS[kind], doubt: !kind, title }));
  }
  return nodes;
}

function nodeOf(nodes, urutan, lane, last) {
  if (nodes.has(urutan + "/" + lane)) return nodes.get(urutan + "/" + lane);
  const found = [...nodes.keys()].filter((key) => key.startsWith(urutan + "/"));
  return nodes.get(found[last ? found.length - 1 : 0]);
}

function drawNode(picture, node) {
  const { x, y } = node, { w, h } = BOX, group = svg("g", { class: "symbol" + (node.doubt ? " doubt" : "") }, svg("title", {}, node.title));
  if (node.kind === "keputusan") group.append(svg("path", { d: `M${x} ${y - h * 0.75}L${x + w / 2} ${y}L${x} ${y + h * 0.75}L${x - w / 2} ${y}Z` }));
  else group.append(svg("rect", { x: x - w / 2, y: y - h / 2, width: w, height: h, rx: node.kind === "terminator" ? h / 2 : 0 }));
  picture.append(group);
}

// Straight down, along the border between two rows, or around by the border between two lanes: by that
// on the other side where another arrow leaves already. Gives the label, which lies above all symbols.
function drawEdge(picture, edge, nodes, order) {
  const a = nodeOf(nodes, edge.from, edge.fromLane, true), b = nodeOf(nodes, edge.to, edge.toLane, false);
  if (!a || !b) return null;
  a.left ||= new Set();
  const half = (node) => node.kind === "keputusan" ? BOX.h * 0.75 : BOX.h / 2, shift = (order % 4) * 3 - 5;
  let points, backwards = false;
  if (a.y === b.y && a !== b) {
    const way = Math.sign(b.x - a.x);
    a.left.add(way);
    points = [[a.x + way * BOX.w / 2, a.y], [b.x - way * BOX.w / 2, b.y]];
  } else if (b.y - a.y === STEP) {
    const middle = a.y + STEP / 2;
    points = a.x === b.x ? [[a.x, a.y + half(a)], [b.x, b.y - half(b)]] : [[a.x, a.y + half(a)], [a.x, middle], [b.x, middle], [b.x, b.y - half(b)]];
  } else {
    const wanted = b.x > a.x ? 1 : -1, way = a.left.has(wanted) && !a.left.has(-wanted) ? -wanted : wanted;
    const channel = Math.round(a.x + way * LANE / 2) + shift, above = b.y - STEP / 2 + 5 + (order % 3) * 2;
    a.left.add(way);
    backwards = b.y <= a.y;
    points = [[a.x + way * BOX.w / 2, a.y], [channel, a.y], [channel, above], [b.x, above], [b.x, b.y - half(b)]];
  }
  const last = points[points.length - 1], before = points[points.length - 2];
  const dx = Math.sign(last[0] - before[0]), dy = Math.sign(last[1] - before[1]);
  const kind = "edge" + (backwards ? " back" : "") + (edge.basis === 2 ? " doubt" : "");
  picture.append(svg("path", { class: kind, d: "M" + points.map((p) => p.join(" ")).join("L") }));
  picture.append(svg("path", { class: "head" + (backwards ? " back" : ""), d: dx ? `M${last}l${-6 * dx} -3.5v7z` : `M${last}l-3.5 ${-6 * dy}h7z` }));
  if (!edge.label) return null;
  const [x, y] = points[0], side = Math.sign(points[1][0] - x);
  const place = side ? { x: x + side * 3, y: y - 4 } : { x: x + 4, y: y + 9 };
  return svg("text", { class: "label " + (side < 0 ? "before" : "after"), ...place }, edge.label.slice(0, 12));
}
