// Steps of a family side by side: one row for what is the same work, words that differ marked.

function sideBySide(family, query) {
  const box = el("section", { class: "aligned", "aria-label": say("aligned.title") }), count = family.members.length;
  let start = 1, onlyDifferent = query.get("beda") === "1", everything = false;

  function columns() {
    const end = everything ? count : Math.min(start + SHOWN_MEMBERS, count);
    return [0, ...Array.from({ length: end - start }, (_, i) => start + i)];
  }

  function drawTools() {
    const different = tick(say("aligned.only_different"), (value) => { onlyDifferent = value === "1"; draw(); });
    different.set(onlyDifferent ? "1" : "");
    const parts = [different.node];
    if (count > SHOWN_MEMBERS + 1) {
      const move = (key, by, off) => el("button", { type: "button", "data-geser": key, disabled: off, onclick: () => { start += by; draw(); } }, say("aligned." + key));
      parts.push(
        move("previous", -SHOWN_MEMBERS, everything || start === 1),
        el("span", {}, say("aligned.shown", { from: start + 1, to: Math.min(start + SHOWN_MEMBERS, count), n: count })),
        move("next", SHOWN_MEMBERS, everything || start + SHOWN_MEMBERS >= count),
        el("button", { type: "button", "data-geser": "all", onclick: () => { everything = !everything; start = 1; draw(); } }, say(everything ? "aligned.fewer" : "aligned.all")),
      );
    }
    return el("div", { class: "filters" }, ...parts);
  }

  function draw() {
    const shown = columns();
    const rows = family.rows.map((row, i) => [row, i]).filter(([row]) => shown.some((c) => row[c])).filter(([row]) => !onlyDifferent || differs(row, shown));
    box.replaceChildren(
      el("h3", {}, say("aligned.title")), alignedLegend(), drawTools(),
      el("div", { class: "scroll tall", tabindex: "0", role: "region", "aria-label": say("aligned.title") }, el("table", { class: "steps" },
        el("caption", { class: "unseen" }, say("aligned.title")),
        el("thead", {}, el("tr", {}, el("th", { scope: "col", class: "rowno" }, say("column.row")), ...shown.map((c) => memberHead(family, c)))),
        el("tbody", {}, ...rows.map(([row, i]) => el("tr", {}, el("th", { scope: "row", class: "rowno" }, String(i + 1)), ...shown.map((c) => stepCell(family.sheets[c], row[c]))))),
      )),
      el("h3", {}, say("flow.title")), el("p", { class: "soft" }, say("flow.lead")), flows(family, shown),
    );
  }

  draw();
  return box;
}

const differs = (row, shown) => shown.some((c) => !row[c]) || shown.some((c) => row[c].differs || row[c].relation || !["acuan", "sama"].includes(row[c].state));

function memberHead(family, column) {
  const sheet = family.members[column];
  return el("th", { scope: "col" }, quoted(agencyShort(agencyOf(sheet))), small(sheetLink(sheet), column ? null : [" ", tag("", say("state.acuan"))]));
}

function alignedLegend() {
  const states = ["sama", "mirip", "berbeda", "tambahan", "none"];
  return el("p", { class: "legend" }, ...states.map((state) => el("span", {}, el("i", { class: state }), say("legend." + state))),
    el("span", {}, el("mark", {}, say("legend.word")), " ", say("legend.other_word")), el("span", {}, el("del", {}, say("legend.word")), " ", say("legend.lost_word")), el("span", {}, el("b", { class: "unlike" }, "≠"), " ", say("legend.unlike")));
}

function stepCell(sheet, cell) {
  if (!cell && !sheet.steps.length) return el("td", {}, tag("doubt", say("state.unread")));
  if (!cell) return el("td", { class: "none" }, el("span", { class: "unseen" }, say("legend.none")));
  const parts = [cell, ...cell.more].map((one) => stepParts(sheet, one));
  const relation = cell.relation ? el("div", { class: "relation" }, say("relation." + cell.relation)) : null;
  const unlike = cell.state !== "sama" || cell.differs;
  const why = cell.score !== null && unlike ? el("div", { class: "why" }, say("aligned.why", { score: percent(cell.score) }), cell.why.map(([name, value]) => say("part." + name) + " " + percent(value)).join(", ")) : null;
  return el("td", { class: cell.state }, el("span", { class: "unseen" }, say("legend." + (cell.state === "acuan" ? "acuan" : cell.state))), relation, ...parts, why);
}

function stepParts(sheet, cell) {
  const step = sheet.steps.find((s) => s.urutan === cell.urutan);
  const value = (name, shown) => {
    if (shown) return quoted(shown);
    return step.unread & UNREADS[name] ? tag("doubt", say("state.unread")) : soft("–");
  };
  const fields = [["pelaksana", step.pelaksana], ["waktu", step.waktu], ["output", step.output]];
  if (cell.differs & DIFFERS.kelengkapan) fields.push(["kelengkapan", step.kelengkapan]);
  if (cell.differs & DIFFERS.simbol) fields.push(["simbol", step.simbol ? say("symbol." + SYMBOLS[step.simbol]) : ""]);
  return el("div", {},
    el("p", {}, el("span", { class: "no" }, cell.urutan + "."), " ", cell.marks ? markedWords(cell.marks) : quoted(step.kegiatan)),
    el("dl", { class: "meta" }, ...fields.map(([name, shown]) => {
      const unlike = (cell.differs & DIFFERS[name]) !== 0;
      return [el("dt", {}, say("part." + name)), el("dd", { class: unlike ? "unlike" : null }, unlike ? el("span", { class: "unseen" }, say("legend.unlike_short")) : null, value(name, shown))];
    })),
  );
}

function markedWords(marks) {
  const kinds = ["span", "mark", "del"];
  return el("bdi", { lang: "id" }, ...marks.flatMap(([mark, words], i) => [i ? " " : "", el(kinds[mark], {}, words)]));
}
