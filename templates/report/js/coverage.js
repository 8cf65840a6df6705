// Coverage: procedures that most of a group have, and who of it has none.

views.cakupan = {
  build(body) {
    const groups = [...new Set(core.gaps.map((gap) => gap[1]))].sort((a, b) => COLLATOR.compare(text(a), text(b)));
    this.group = choice(say("filter.group"), [["", say("filter.all")], ...groups.map((g) => [String(g), this.groupName(g)])], (v) => setQuery("kelompok", v));
    this.unsure = tick(say("filter.no_unsure"), (v) => setQuery("pasti", v));
    this.table = makeTable({
      name: "cakupan", caption: say("view.cakupan"), first: "kurang",
      columns: [
        { key: "prosedur", label: say("column.procedure"), head: true, wide: true, sort: (g) => familyTitle(g[0]), cell: (g) => link("#keluarga-" + g[0], quoted(familyTitle(g[0]))) },
        { key: "kelompok", label: say("column.group"), sort: (g) => this.groupName(g[1]), cell: (g) => quoted(this.groupName(g[1])) },
        { key: "punya", label: say("column.have"), num: true, sort: (g) => -g[2].length, cell: (g) => say("coverage.of", { n: g[2].length, all: g[2].length + g[3].length + g[4].length }) },
        { key: "kurang", label: say("column.lacking"), wide: true, sort: (g) => -g[3].length, cell: (g) => names(g[3], "warm") },
        { key: "ragu", label: say("column.unsure"), wide: true, sort: (g) => -g[4].length, cell: (g) => names(g[4], "doubt") },
      ],
    });
    body.append(el("div", { class: "filters" }, this.group.node, this.unsure.node), this.table.node);
  },
  groupName: (group) => group < 0 ? say("coverage.everyone") : say("coverage.alike", { name: text(group) }),
  update(query) {
    const group = query.get("kelompok"), one = wantedAgency(query);
    this.group.set(group); this.unsure.set(query.get("pasti"));
    this.table.set(core.gaps
      .filter((g) => !group || g[1] === Number(group))
      .filter((g) => query.get("pasti") !== "1" || g[3].length)
      .filter((g) => one < 0 || g[3].includes(one) || g[4].includes(one))
      .filter((g) => hasWords(query, familyTitle(g[0]), ...[...g[3], ...g[4]].map(agencyName))), query);
  },
};

function names(agencies, kind) {
  if (!agencies.length) return soft("–");
  const count = agencies.length > 4 ? el("div", { class: "soft" }, say("word.agencies", { n: agencies.length })) : null;
  return [count, el("ul", { class: "plain" }, ...agencies.map((a) => el("li", {}, link("#daftar?pd=" + a, quoted(agencyShort(a))), kind === "doubt" ? [" ", tag("doubt", "?")] : null)))];
}
