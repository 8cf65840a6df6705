// Findings: what sheets break, by rule; doubts of our reading stand apart and count against nobody.

const RANKS = ["info", "warning", "error"];
const RANK_LOOK = ["", "warm", "bad"];
const rankTag = (rank, reading) => reading ? tag("doubt", say("found.doubt")) : tag(RANK_LOOK[rank], say("rank." + RANKS[rank]));

function openRule(index) {
  const [id, summary, help, rank, reading, counts, title] = core.rules[index];
  return { index, id: text(id), title: text(title), summary: text(summary), help: text(help), rank, reading: reading === 1, sheets: pairs(counts) };
}

// What a rule asks in the language of the page, where that is not the rule's own; else "".
function titleOf(id) {
  const found = core.rules.find((row) => text(row[0]) === id);
  return found ? text(found[6]) : "";
}

// What a rule asks: in the language of the page, and as the rule says it.
const asks = (rule) => rule.title ? [rule.title, small(quoted(rule.summary))] : quoted(rule.summary);

// The sheets of a rule that fit what is looked for.
function narrowed(rule, query) {
  const agency = wantedAgency(query);
  return agency < 0 ? rule.sheets : rule.sheets.filter(([sheet]) => agencyOf(sheet) === agency);
}

const total = (found) => found.reduce((sum, [, count]) => sum + count, 0);
const agenciesIn = (sheets) => new Set(sheets.map(agencyOf)).size;

views.temuan = {
  build(body) {
    this.rank = choice(say("filter.rank"), [["", say("filter.all")], ...[2, 1, 0].map((rank) => [String(rank), say("rank." + RANKS[rank])])], (v) => setQuery("tingkat", v));
    this.kind = choice(say("filter.kind"), [["", say("filter.all")], ["lembar", say("filter.kind_document")], ["baca", say("filter.kind_reading")]], (v) => setQuery("jenis", v));
    this.table = makeTable({
      name: "temuan", caption: say("view.temuan"),
      columns: [
        { key: "aturan", label: say("column.rule"), head: true, kind: "nowrap", sort: (r) => r.rule.id, cell: (r) => link("#aturan-" + r.rule.index, quoted(r.rule.id)) },
        { key: "isi", label: say("column.asks"), wide: true, sort: (r) => r.rule.title || r.rule.summary, cell: (r) => [asks(r.rule), r.rule.help ? small(quoted(r.rule.help)) : null] },
        { key: "tingkat", label: say("column.rank"), sort: (r) => (r.rule.reading ? 10 : 0) - r.rule.rank, cell: (r) => rankTag(r.rule.rank, r.rule.reading) },
        { key: "jumlah", label: say("column.count"), num: true, sort: (r) => -total(r.found), cell: (r) => amount(total(r.found)) },
        { key: "lembar", label: say("column.sheets"), num: true, sort: (r) => -r.found.length, cell: (r) => amount(r.found.length) },
        { key: "pd", label: say("column.agencies"), num: true, sort: (r) => -agenciesIn(r.found.map(([s]) => s)), cell: (r) => amount(agenciesIn(r.found.map(([s]) => s))) },
      ],
    });
    body.append(el("div", { class: "filters" }, this.rank.node, this.kind.node), this.table.node);
  },
  update(query) {
    const rank = query.get("tingkat"), kind = query.get("jenis");
    this.rank.set(rank); this.kind.set(kind);
    const rows = core.rules.map((_, i) => openRule(i))
      .filter((rule) => !rank || (!rule.reading && rule.rank === Number(rank)))
      .filter((rule) => !kind || rule.reading === (kind === "baca"))
      .filter((rule) => hasWords(query, rule.id, rule.title, rule.summary, rule.help))
      .map((rule) => ({ rule, found: narrowed(rule, query) })).filter((row) => row.found.length);
    this.table.set(rows, query);
  },
};

// One rule: the sheets on which it was found.
views.aturan = {
  update(query, id) {
    const rule = core.rules[Number(id)] && openRule(Number(id));
    if (!rule) return notFound();
    const table = makeTable({
      name: "aturan", caption: rule.id,
      columns: [...SHEET_COLUMNS().slice(0, 3), { key: "jumlah", label: say("column.count"), num: true, sort: (s) => -counts.get(s), cell: (s) => amount(counts.get(s)) }],
    });
    const found = narrowed(rule, query), counts = new Map(found);
    table.set(found.map(([sheet]) => sheet).filter((sheet) => hasWords(query, haystack(sheet))), query);
    return [
      back("temuan"), el("h2", {}, quoted(rule.id), " ", rankTag(rule.rank, rule.reading)),
      el("div", { class: "lead" }, asks(rule)), rule.help ? el("p", {}, quoted(rule.help)) : null,
      rule.reading ? el("p", { class: "note doubt" }, say("note.reading")) : null, table.node,
    ];
  },
};
