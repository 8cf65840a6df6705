// Copies: sheets whose steps and times are nearly the same text, and what was left in them.

views.salinan = {
  build(body) {
    this.left = tick(say("filter.leftovers"), (v) => setQuery("sisa", v));
    this.table = makeTable({
      name: "salinan", caption: say("view.salinan"), first: "sisa",
      columns: [
        { key: "nama", label: say("column.title"), head: true, wide: true, sort: (g) => sheetTitle(core.copies[g - 1][0][0]), cell: (g) => [link("#salinan-" + g, quoted(sheetTitle(core.copies[g - 1][0][0]))), core.copies[g - 1][3] ? [" ", tag("warm", say("copy.same_file"))] : null] },
        { key: "lembar", label: say("column.sheets"), num: true, sort: (g) => -core.copies[g - 1][0].length, cell: (g) => amount(core.copies[g - 1][0].length) },
        { key: "pd", label: say("column.agencies"), wide: true, cell: (g) => quoted(this.agencies(g)) },
        { key: "sisa", label: say("column.leftovers"), num: true, sort: (g) => -core.copies[g - 1][1], cell: (g) => core.copies[g - 1][1] ? tag("warm", amount(core.copies[g - 1][1])) : soft("–") },
        { key: "beda", label: say("column.differences"), num: true, sort: (g) => core.copies[g - 1][2], cell: (g) => amount(core.copies[g - 1][2]) },
      ],
    });
    body.append(el("div", { class: "filters" }, this.left.node), this.table.node);
  },
  agencies(group) {
    const found = [...new Set(core.copies[group - 1][0].map(agencyOf))];
    const shown = found.slice(0, 4).map(agencyShort).join("; ");
    return found.length > 4 ? shown + " " + say("word.and_more", { n: found.length - 4 }) : shown;
  },
  update(query) {
    const one = wantedAgency(query);
    this.left.set(query.get("sisa"));
    const found = core.copies.map((_, i) => i + 1)
      .filter((g) => query.get("sisa") !== "1" || core.copies[g - 1][1])
      .filter((g) => one < 0 || core.copies[g - 1][0].some((s) => agencyOf(s) === one))
      .filter((g) => core.copies[g - 1][0].some((s) => wordsOf(query).every((word) => haystack(s).includes(word))));
    this.table.set(found, query);
  },
  async detail(_query, id) {
    const number = Number(id);
    if (!core.copies[number - 1]) return notFound();
    const found = await loadCopies(number);
    return [
      back("salinan"), el("h2", {}, quoted(sheetTitle(core.copies[number - 1][0][0]))),
      el("p", { class: "lead" }, say("copy.lead", { n: core.copies[number - 1][0].length })), ...found.map(copyPair),
    ];
  },
};

// An agency's name; its file too where both sheets are one agency's.
function whose(sheet, other) {
  return [link("#sop-" + sheet, quoted(agencyShort(agencyOf(sheet)))), agencyOf(sheet) === agencyOf(other) ? soft(" (", quoted(text(core.sheets.path[sheet])), ")") : null];
}

function copyPair(pair) {
  const facts = [say("copy.same_steps", { n: pair.sameSteps, all: Math.max(...pair.steps) })];
  if (pair.compared) facts.push(say("copy.same_times", { n: pair.sameTimes, all: pair.compared }));
  facts.push(say("copy.score", { score: percent(pair.score) }));
  return el("article", { class: "pair" },
    el("h3", {}, whose(pair.a, pair.b), " ", soft(say("word.and")), " ", whose(pair.b, pair.a), pair.sameFile ? [" ", tag("warm", say("copy.same_file"))] : null),
    el("p", { class: "soft" }, facts.join(" · ")),
    pair.leftovers.length ? el("ul", { class: "leftovers" }, ...pair.leftovers.map(leftover)) : null,
    pair.differences.length ? el("div", { class: "scroll" }, el("table", {},
      el("caption", { class: "unseen" }, say("column.differences")),
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, say("column.what")), el("th", { scope: "col" }, say("column.where")), el("th", { scope: "col" }, quoted(agencyShort(agencyOf(pair.a)))), el("th", { scope: "col" }, quoted(agencyShort(agencyOf(pair.b)))))),
      el("tbody", {}, ...pair.differences.map((d) => el("tr", {}, el("th", { scope: "row" }, quoted(d.what)), el("td", {}, quoted(d.where)), el("td", {}, d.left ? quoted(d.left) : soft("–")), el("td", {}, d.right ? quoted(d.right) : soft("–"))))),
    )) : el("p", { class: "soft" }, say("copy.no_difference")),
  );
}

function leftover(k) {
  const at = k.text.indexOf(k.words);
  const shown = at < 0 ? [k.text] : [k.text.slice(0, at), el("mark", {}, k.words), k.text.slice(at + k.words.length)];
  return el("li", {}, tag("warm", say("leftover." + k.kind)), " ", quoted(agencyShort(agencyOf(k.sheet))), ", ", quoted(k.place), ": ", el("q", { lang: "id" }, ...shown),
    k.agency >= 0 ? soft(" ", say("leftover.from", { agency: agencyShort(k.agency) })) : null);
}
