// Dasar hukum × agency: who cites what, with the status that the register gives.

const LAW_LOOK = { berlaku: "good", diubah: "warm", dicabut: "bad" };

function statusTag(status) {
  return tag(LAW_LOOK[status] || "", say("status." + (status || "unknown")));
}

function lawCounts(law) {
  const counts = new Map();
  for (const sheet of core.laws.sheets[law]) counts.set(agencyOf(sheet), (counts.get(agencyOf(sheet)) || 0) + 1);
  return counts;
}

const lawLabel = (law) => text(core.laws.label[law]);
const lawStatus = (law) => text(core.laws.status[law]);
const lawLink = (law) => link("#peraturan-" + law, quoted(lawLabel(law)));

function level(count) {
  return count >= 20 ? "l4" : count >= 6 ? "l3" : count >= 2 ? "l2" : "l1";
}

const LAW_ROWS = 30, LAW_AGENCIES = 40; // of the matrix on one page: 1,200 cells are drawn at once

views.hukum = {
  build(body) {
    this.status = choice(say("filter.status"), [["", say("filter.all")], ...["dicabut", "diubah", "berlaku", "unknown"].map((s) => [s, say("status." + s)])], (v) => setQuery("status", v));
    this.several = tick(say("filter.several_agencies"), (v) => setQuery("banyak", v));
    this.group = el("span");
    this.table = makeTable({ name: "hukum", caption: say("view.hukum"), columns: [], rows: LAW_ROWS, first: "jumlah" });
    body.append(el("div", { class: "filters" }, this.status.node, this.several.node, this.group), this.table.node);
  },
  columns(agencies) {
    return [
      { key: "peraturan", label: say("column.law"), head: true, wide: true, kind: "sticky law", sort: (r) => lawLabel(r.law), cell: (r) => r.unread ? tag("doubt", say("laws.unread")) : [lawLink(r.law), text(core.laws.about[r.law]) ? small(quoted(text(core.laws.about[r.law]))) : null] },
      { key: "status", label: say("column.status"), sort: (r) => r.unread ? null : lawStatus(r.law) || null, cell: (r) => r.unread ? null : statusTag(lawStatus(r.law)) },
      { key: "jumlah", label: say("column.sops"), num: true, sort: (r) => -r.total, cell: (r) => amount(r.total) },
      ...agencies.map((a) => ({ key: "a" + a, label: agencyShort(a), kind: "agency", look: (r) => r.counts.get(a) ? (r.unread ? "n q" : "n " + level(r.counts.get(a))) : "n", cell: (r) => r.counts.get(a) || "" })),
    ];
  },
  update(query) {
    const status = query.get("status"), one = wantedAgency(query), start = Number(query.get("kolom") || 0);
    this.status.set(status); this.several.set(query.get("banyak"));
    const rows = core.laws.label.map((_, law) => ({ law, counts: lawCounts(law) }))
      .filter(({ law }) => !status || (lawStatus(law) || "unknown") === status)
      .filter(({ counts }) => query.get("banyak") !== "1" || counts.size > 1)
      .filter(({ counts }) => one < 0 || counts.has(one))
      .filter(({ law }) => hasWords(query, lawLabel(law), text(core.laws.about[law])))
      .map((row) => ({ ...row, total: one < 0 ? core.laws.sheets[row.law].length : row.counts.get(one) }));
    const unread = new Map(core.unreadLaws.map((n, a) => [a, n]).filter(([a, n]) => n && (one < 0 || one === a)));
    if (unread.size && !status && !wordsOf(query).length) rows.push({ unread: true, counts: unread, total: total([...unread]) });
    const agencies = one >= 0 ? [one] : core.agencies.name.map((_, a) => a);
    this.drawGroups(agencies.length, start);
    this.table.set(rows, query, this.columns(agencies.slice(start, start + LAW_AGENCIES)));
  },
  // Many agencies are shown forty at a time.
  drawGroups(count, start) {
    if (count <= LAW_AGENCIES) { this.group.replaceChildren(); return; }
    const options = [];
    for (let at = 0; at < count; at += LAW_AGENCIES) options.push([at ? String(at) : "", say("filter.agencies_from", { from: at + 1, to: Math.min(at + LAW_AGENCIES, count) })]);
    const groups = choice(say("filter.agencies"), options, (v) => setQuery("kolom", v));
    groups.set(start ? String(start) : "");
    this.group.replaceChildren(groups.node);
  },
};

views.peraturan = {
  update(query, id) {
    const law = Number(id);
    if (core.laws.label[law] === undefined) return notFound();
    const table = makeTable({ name: "peraturan", caption: lawLabel(law), columns: SHEET_COLUMNS().slice(0, 4) });
    const found = new Set(findSheets(query));
    table.set(core.laws.sheets[law].filter((sheet) => found.has(sheet)), query);
    return [
      back("hukum"), el("h2", {}, quoted(lawLabel(law)), " ", statusTag(lawStatus(law))),
      text(core.laws.about[law]) ? el("p", { class: "lead" }, quoted(text(core.laws.about[law]))) : null,
      el("p", {}, say("laws.cited_by", { n: core.laws.sheets[law].length, agencies: lawCounts(law).size })), table.node,
    ];
  },
};
