// Completeness: what each agency's sheets fill, lack, and where we could not read.

function shareBar(permille) {
  if (permille === null) return soft("–");
  const value = Math.floor(permille / 10), bar = el("i", { class: "bar", "aria-hidden": "true" });
  bar.style.width = value * 0.7 + "px";
  return [bar, " ", value + "%"];
}

const itemOf = (agency, item) => core.agencies.items[agency].slice(item * 3, item * 3 + 3);

function itemCell(agency, item) {
  const [filled, empty, unread] = itemOf(agency, item);
  if (!filled && !empty && !unread) return soft("–");
  const parts = [];
  if (empty) {
    const words = core.optional.includes(item) ? soft(amount(empty)) : amount(empty);
    parts.push(item < 13 ? link("#daftar?pd=" + agency + "&butir=k" + item, words) : words);
  }
  if (unread) parts.push(item < 13 ? link("#daftar?pd=" + agency + "&butir=u" + item, tag("doubt", "+" + amount(unread) + "?")) : tag("doubt", "+" + amount(unread) + "?"));
  return parts.length ? parts.flatMap((part) => [part, " "]) : el("span", { class: "fine" }, "✓", el("span", { class: "unseen" }, say("state.filled")));
}

function itemLook(agency, item) {
  const [filled, empty] = itemOf(agency, item);
  if (core.optional.includes(item) || !empty) return "n";
  return filled === 0 ? "n zero" : "n part";
}

views.kelengkapan = {
  build(body) {
    this.only = choice(say("filter.item"), [["", say("filter.all")], ...core.items.map((name, i) => [String(i), name])], (v) => setQuery("butir", v));
    this.lack = tick(say("filter.only_lacking"), (v) => setQuery("kurang", v));
    this.table = makeTable({ name: "kelengkapan", caption: say("view.kelengkapan"), columns: [] });
    body.append(
      el("p", { class: "legend" }, el("span", {}, el("i", { class: "part" }), say("legend.part")), el("span", {}, el("i", { class: "zero" }), say("legend.zero")), el("span", {}, tag("doubt", "+2?"), " ", say("legend.unread"))),
      el("div", { class: "filters" }, this.only.node, this.lack.node), this.table.node,
    );
  },
  columns(items) {
    return [
      { key: "pd", label: say("column.agency"), head: true, wide: true, kind: "sticky", sort: agencyName, cell: (a) => link("#daftar?pd=" + a, quoted(agencyShort(a))) },
      { key: "lembar", label: say("column.sheets"), num: true, sort: (a) => sheetsOfAgency(a).length, cell: (a) => amount(sheetsOfAgency(a).length) },
      { key: "isi", label: say("column.share"), kind: "nowrap", sort: (a) => core.agencies.share[a], cell: (a) => shareBar(core.agencies.share[a]) },
      { key: "temuan", label: say("column.found"), sort: (a) => -weight(core.agencies.found[a]), cell: (a) => foundTags(core.agencies.found[a]) },
      { key: "ragu", label: say("column.unread"), num: true, sort: (a) => -core.agencies.unread[a], cell: (a) => core.agencies.unread[a] ? tag("doubt", amount(core.agencies.unread[a])) : soft("–") },
      ...items.map((i) => ({ key: "b" + i, label: core.items[i] + (core.optional.includes(i) ? " *" : ""), kind: "item", sort: (a) => -itemOf(a, i)[1], cell: (a) => itemCell(a, i), look: (a) => itemLook(a, i) })),
    ];
  },
  update(query) {
    const wanted = query.get("butir"), items = wanted && core.items[Number(wanted)] ? [Number(wanted)] : core.items.map((_, i) => i);
    this.only.set(wanted); this.lack.set(query.get("kurang"));
    const agencies = [], one = wantedAgency(query);
    for (let a = 0; a < agencyCount(); a++) {
      if ((one >= 0 && one !== a) || !hasWords(query, agencyName(a))) continue;
      if (query.get("kurang") === "1" && !items.some((i) => !core.optional.includes(i) && itemOf(a, i)[1] > 0)) continue;
      agencies.push(a);
    }
    this.table.set(agencies, query, this.columns(items));
  },
};

let agencySheets = null;

function sheetsOfAgency(agency) {
  if (!agencySheets) {
    agencySheets = core.agencies.name.map(() => []);
    core.sheets.agency.forEach((a, sheet) => agencySheets[a].push(sheet));
  }
  return agencySheets[agency];
}
