// Procedures that several sheets have: the list of them, and one of them opened.

const SHOWN_MEMBERS = 5; // sheets beside the reference that are drawn side by side at once

function rangeOf(values) {
  const known = values.flat().filter((v) => v !== null);
  if (!known.length) return null;
  return [Math.min(...known), Math.max(...known)];
}

// Least and most working minutes along the main path where every step's time is known, else null.
function sureTime(sheet) {
  const { main } = figuresOf(sheet);
  return !main || main[2] || main[0] === null || main[1] === null ? null : [main[0], main[1]];
}

function rangeText(range, write) {
  if (!range) return soft("–");
  return range[0] === range[1] ? write(range[0]) : write(range[0]) + " – " + write(range[1]);
}

const familyAgencies = (family) => new Set(membersOf(family).map(agencyOf));

views.keluarga = {
  build(body) {
    this.size = choice(say("filter.size"), [["", say("filter.all")], ["2", say("filter.size_2")], ["5", say("filter.size_5")], ["20", say("filter.size_20")]], (v) => setQuery("besar", v));
    this.table = makeTable({
      name: "keluarga", caption: say("view.keluarga"), first: "lembar",
      columns: [
        { key: "prosedur", label: say("column.procedure"), head: true, wide: true, sort: familyTitle, cell: (f) => [link("#keluarga-" + f, quoted(familyTitle(f))), core.families.corrected[f - 1] ? small(say("family.corrected")) : null] },
        { key: "lembar", label: say("column.sheets"), num: true, sort: (f) => -membersOf(f).length, cell: (f) => amount(membersOf(f).length) },
        { key: "pd", label: say("column.agencies"), num: true, sort: (f) => -familyAgencies(f).size, cell: (f) => amount(familyAgencies(f).size) },
        { key: "mirip", label: say("column.same_procedure"), num: true, sort: (f) => core.families.score[f - 1], cell: (f) => percent(core.families.score[f - 1]) },
        { key: "langkah", label: say("column.steps"), num: true, sort: (f) => this.width(f, "steps"), cell: (f) => rangeText(this.range(f, "steps"), amount) },
        { key: "serah", label: say("column.handovers"), num: true, sort: (f) => this.width(f, "handovers"), cell: (f) => rangeText(this.range(f, "handovers"), amount) },
        { key: "waktu", label: say("column.time"), sort: (f) => this.apart(f), cell: (f) => this.times(f) },
      ],
    });
    body.append(el("div", { class: "filters" }, this.size.node), this.table.node);
  },
  // from sheets with steps only
  range: (family, name) => rangeOf(membersOf(family).map(figuresOf).filter((f) => f.steps).map((f) => f[name])),
  width(family, name) {
    const range = this.range(family, name);
    return range && range[1] - range[0];
  },
  // How many times as long the slowest takes, the largest first; not known: null.
  apart(family) {
    const range = rangeOf(membersOf(family).map(sureTime));
    return range && range[0] ? -range[1] / range[0] : null;
  },
  times(family) {
    const known = membersOf(family).map(sureTime), unsure = known.filter((t) => t === null).length;
    return [rangeText(rangeOf(known), minutes), unsure ? small(say("family.unsure_times", { n: unsure })) : null];
  },
  update(query) {
    const size = Number(query.get("besar") || 0), one = wantedAgency(query);
    this.size.set(query.get("besar"));
    const found = core.families.title.map((_, i) => i + 1)
      .filter((f) => size === 2 ? membersOf(f).length === 2 : membersOf(f).length >= size)
      .filter((f) => one < 0 || familyAgencies(f).has(one))
      .filter((f) => hasWords(query, familyTitle(f), ...membersOf(f).map(sheetTitle)));
    this.table.set(found, query);
  },
  async detail(query, id) {
    const number = Number(id);
    if (!core.families.members[number - 1]) return notFound();
    const family = await loadFamily(number);
    return [
      back("keluarga"), el("h2", {}, quoted(familyTitle(number))),
      el("p", { class: "lead" }, say("family.lead", { n: family.members.length, agencies: familyAgencies(number).size, score: percent(core.families.score[number - 1]) }), " ", say("family.reference")),
      core.families.corrected[number - 1] ? el("p", { class: "note" }, say("family.corrected")) : null,
      membersTable(family), spreadsTable(family), familyLaws(family), familyGaps(number), sideBySide(family, query),
    ];
  },
};

function bound(value, unknown) {
  if (value === null) return soft("–");
  if (unknown && !value) return tag("doubt", say("state.unread"));
  return (unknown ? "≥ " : "") + amount(value);
}

// Times of a span [least, most, steps of unknown time]: "≥ 2 jam", "1 jam – 2 jam".
function spanText(span) {
  if (!span || span[0] === null) return soft(say("time.unknown"));
  const [least, most, unknown] = span;
  if (unknown) return "≥ " + minutes(least);
  return most === null || most === least ? minutes(least) : minutes(least) + " – " + minutes(most);
}

function totalTime(f) {
  if (f.minutes === null) return soft(say("time.unknown"));
  return (f.timeUnknown || f.ranges ? "≥ " : "") + minutes(f.minutes);
}

// How the steps of a member stand to the reference, counted.
function countStates(family, column) {
  if (!family.sheets[column].steps.length) return say("sheet.no_steps");
  const counts = { sama: 0, mirip: 0, berbeda: 0, tambahan: 0, none: 0 };
  for (const row of family.rows) {
    const cell = row[column];
    if (!cell) counts.none += row[0] ? 1 : 0;
    else if (cell.state in counts) counts[cell.state] += 1;
  }
  return Object.entries(counts).filter(([, n]) => n).map(([state, n]) => say("count." + state, { n })).join(" · ");
}

function membersTable(family) {
  const rows = family.members.map((sheet, column) => ({ sheet, column, f: figuresOf(sheet), link: family.links[column] }));
  const table = makeTable({
    name: "anggota", caption: say("family.members"), address: false,
    columns: [
      { key: "pd", label: say("column.agency"), head: true, sort: (r) => agencyName(agencyOf(r.sheet)), cell: (r) => [quoted(agencyShort(agencyOf(r.sheet))), r.column ? null : [" ", tag("", say("state.acuan"))]] },
      { key: "nama", label: say("column.title"), wide: true, sort: (r) => sheetTitle(r.sheet), cell: (r) => [sheetLink(r.sheet), core.sheets.copy[r.sheet] ? [" ", link("#salinan-" + core.sheets.copy[r.sheet], tag("warm", say("word.copy")))] : null] },
      { key: "langkah", label: say("column.steps"), num: true, sort: (r) => r.f.steps, cell: (r) => bound(r.f.steps, !r.f.steps) },
      { key: "utama", label: say("column.main_time"), sort: (r) => r.f.main ? r.f.main[0] : r.f.minutes, cell: (r) => r.f.main ? spanText(r.f.main) : totalTime(r.f) },
      { key: "serah", label: say("column.handovers"), num: true, sort: (r) => r.f.handovers, cell: (r) => bound(r.f.handovers, r.f.handoversUnknown) },
      { key: "putusan", label: say("column.decisions"), num: true, sort: (r) => r.f.decisions, cell: (r) => bound(r.f.decisions, r.f.decisionsUnknown) },
      { key: "putaran", label: say("column.loops"), num: true, sort: (r) => r.f.loops, cell: (r) => bound(r.f.loops, 0) },
      { key: "banding", label: say("column.compared"), cell: (r) => r.column ? soft(countStates(family, r.column)) : null },
      { key: "mirip", label: say("column.same_procedure"), sort: (r) => r.link ? -r.link[0] : null, cell: (r) => r.link ? [el("b", {}, percent(r.link[0])), small(say("family.parts", { title: percent(r.link[1]), steps: percent(r.link[2]), outputs: percent(r.link[3]), laws: percent(r.link[4]) }))] : null },
    ],
  });
  table.set(rows, null);
  return table.node;
}

// The spread of the figures; members whose figure is not sure are left out, and counted.
function spreadsTable(family) {
  if (!family.spreads.length) return null;
  const write = (s, value) => value === null ? "–" : s.name.startsWith("waktu") ? minutes(value) : amount(value);
  const cells = (s) => [s.min, s.median, s.max].map((value) => el("td", { class: "num" }, write(s, value)));
  return el("details", { class: "fold" }, el("summary", {}, say("family.spreads")), el("div", { class: "scroll fit" }, el("table", {},
    el("thead", {}, el("tr", {}, ...["figure", "least", "median", "most", "known", "unsure"].map((key) => el("th", { scope: "col", class: key === "figure" ? null : "num" }, say("column." + key))))),
    el("tbody", {}, ...family.spreads.map((s) => el("tr", {}, el("th", { scope: "row" }, say("spread." + s.name)), ...cells(s),
      el("td", { class: "num" }, amount(s.known)), el("td", { class: "num" }, s.unknown ? tag("doubt", amount(s.unknown)) : soft("–"))))),
  )));
}

function familyLaws(family) {
  if (!family.laws.length) return null;
  const names = (sheets) => [...new Set(sheets.map(agencyOf))].map(agencyShort).join("; ");
  return el("details", { class: "fold" }, el("summary", {}, say("family.laws")), el("div", { class: "scroll" }, el("table", {},
    el("thead", {}, el("tr", {}, ...["law", "status", "sops", "lacking_law"].map((key) => el("th", { scope: "col" }, say("column." + key))))),
    el("tbody", {}, ...family.laws.map((w) => el("tr", {}, el("th", { scope: "row" }, lawLink(w.law)), el("td", {}, statusTag(lawStatus(w.law))),
      el("td", {}, amount(w.cited.length)), el("td", { class: "soft" }, w.lacking.length ? quoted(names(w.lacking)) : "–")))),
  )));
}

function familyGaps(number) {
  const found = core.gaps.filter((gap) => gap[0] === number && gap[3].length);
  return found.map((gap) => el("p", { class: "note" }, say("family.lacking", { agencies: gap[3].map(agencyShort).join("; ") })));
}
