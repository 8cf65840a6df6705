// Time, hand-overs, decisions and loops of every sheet.

views.waktu = {
  build(body) {
    this.sure = choice(say("filter.time"), [["", say("filter.all")], ["1", say("filter.time_sure")], ["0", say("filter.time_unsure")]], (v) => setQuery("lengkap", v));
    const f = (name) => (s) => figuresOf(s)[name], least = (name) => (s) => figuresOf(s)[name] ? figuresOf(s)[name][0] : null;
    this.table = makeTable({
      name: "waktu", caption: say("view.waktu"),
      columns: [
        { key: "nama", label: say("column.title"), head: true, wide: true, sort: sheetTitle, cell: sheetLink },
        { key: "pd", label: say("column.agency"), sort: (s) => agencyName(agencyOf(s)), cell: (s) => quoted(agencyShort(agencyOf(s))) },
        { key: "langkah", label: say("column.steps"), num: true, sort: f("steps"), cell: (s) => bound(f("steps")(s), !f("steps")(s)) },
        { key: "pelaksana", label: say("column.actors"), num: true, sort: f("actors"), cell: (s) => bound(f("actors")(s), !f("actors")(s)) },
        { key: "jumlah", label: say("column.total_time"), sort: f("minutes"), cell: (s) => totalTime(figuresOf(s)) },
        { key: "utama", label: say("column.main_time"), sort: least("main"), cell: (s) => spanText(f("main")(s)) },
        { key: "cepat", label: say("column.best_time"), sort: least("best"), cell: (s) => spanText(f("best")(s)) },
        { key: "lama", label: say("column.worst_time"), sort: least("worst"), cell: (s) => spanText(f("worst")(s)) },
        { key: "tanpa", label: say("column.no_time"), num: true, sort: f("timeUnknown"), cell: (s) => f("timeUnknown")(s) ? tag("doubt", amount(f("timeUnknown")(s))) : soft("–") },
        { key: "serah", label: say("column.handovers"), num: true, sort: f("handovers"), cell: (s) => bound(f("handovers")(s), f("handoversUnknown")(s)) },
        { key: "putusan", label: say("column.decisions"), num: true, sort: f("decisions"), cell: (s) => bound(f("decisions")(s), f("decisionsUnknown")(s)) },
        { key: "putaran", label: say("column.loops"), num: true, sort: f("loops"), cell: (s) => bound(f("loops")(s), 0) },
      ],
    });
    body.append(el("div", { class: "filters" }, this.sure.node), this.table.node);
  },
  update(query) {
    const sure = query.get("lengkap");
    this.sure.set(sure);
    const isSure = (s) => { const f = figuresOf(s); return f.minutes !== null && !f.timeUnknown && !f.ranges; };
    this.table.set(findSheets(query).filter((s) => !sure || isSure(s) === (sure === "1")), query);
  },
};
