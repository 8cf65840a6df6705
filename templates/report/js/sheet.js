// One sheet: what is complete, what was found, what we doubt, its flow and its steps.

views.sop = {
  async detail(_query, id) {
    const number = Number(id);
    if (!(number >= 0 && number < sheetCount())) return notFound();
    const sheet = await loadSheet(number), s = core.sheets, family = s.family[number];
    const clean = text(s.link[number]);
    return [
      back("daftar"), el("h2", {}, quoted(sheetTitle(number))),
      el("p", { class: "lead" }, link("#daftar?pd=" + agencyOf(number), quoted(agencyName(agencyOf(number))))),
      el("dl", { class: "facts" }, ...sheetFacts(number, clean).flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)])),
      family ? el("p", { class: "note" }, link("#keluarga-" + family, say("sheet.family", { n: membersOf(family).length }))) : el("p", { class: "soft" }, say("sheet.alone")),
      s.copy[number] ? el("p", { class: "note" }, link("#salinan-" + s.copy[number], say("sheet.copy"))) : null,
      identityStates(number), findingList(sheet, false), findingList(sheet, true), lawList(sheet, number), stepTable(sheet),
      sheet.steps.length ? [el("h3", {}, say("flow.title")), el("div", { class: "flows" }, el("figure", {}, drawFlow(sheet)))] : null,
    ];
  },
};

function sheetFacts(number, clean) {
  const s = core.sheets, f = figuresOf(number);
  const facts = [
    [say("column.number"), valueOf(s.number[number])], [say("column.date"), s.date[number] < 0 ? valueOf(s.date[number]) : date(text(s.date[number]))],
    [say("column.signer"), [valueOf(s.signer[number]), s.nip[number] < 0 ? null : small("NIP " + text(s.nip[number]))]],
    [say("column.steps"), bound(f.steps, !f.steps)], [say("column.handovers"), bound(f.handovers, f.handoversUnknown)],
    [say("column.main_time"), f.main ? spanText(f.main) : totalTime(f)],
    [say("column.best_time"), spanText(f.best)], [say("column.worst_time"), spanText(f.worst)],
    [say("column.counted"), countedHow(f)], [say("column.file"), sourceOf(number)],
  ];
  if (s.note[number] >= 0) facts.push([say("column.note"), el("a", { href: text(s.note[number]) }, say("word.open_note"))]);
  if (clean) facts.push([say("column.clean"), el("a", { href: clean }, say("word.open"))]);
  return facts;
}

// What the times rest on that the sheet does not say itself.
function countedHow(f) {
  const notes = ["openDays", "calendarDays", "assumed", "timeUnknown"].filter((name) => f[name]).map((name) => say("counted." + name.toLowerCase(), { n: f[name] }));
  return notes.length ? el("span", { class: "small" }, notes.join(" ")) : soft("–");
}

function identityStates(number) {
  const letters = text(core.sheets.states[number]), looks = { t: "good", k: "bad", u: "doubt" }, words = { t: "filled", k: "empty", u: "unread" };
  return [el("h3", {}, say("sheet.items")), el("ul", { class: "items" }, ...core.items.slice(0, 13).map((name, i) => el("li", {}, name, " ",
    tag(letters[i] === "k" && core.optional.includes(i) ? "" : looks[letters[i]], say("state." + words[letters[i]])))))];
}

function findingList(sheet, reading) {
  const found = sheet.findings.filter((f) => f.reading === reading).sort((a, b) => b.rank - a.rank);
  const title = el("h3", {}, say(reading ? "sheet.doubts" : "sheet.findings"));
  if (!found.length) return [title, el("p", { class: "soft" }, say(reading ? "sheet.no_doubts" : "sheet.no_findings"))];
  return [title, reading ? el("p", { class: "note doubt" }, say("note.reading")) : null, el("ul", { class: "findings" }, ...found.map((f) => el("li", {},
    rankTag(f.rank, reading), " ", el("b", {}, quoted(f.place)), ": ", titleOf(f.rule), titleOf(f.rule) ? " – " : null, quoted(f.message), " ", soft(quoted(f.rule)), f.help ? small(quoted(f.help)) : null)))];
}

function lawList(sheet, number) {
  const legal = core.sheets.law[number];
  return [el("h3", {}, say("sheet.laws")),
    legal === null ? el("p", { class: "note doubt" }, say("laws.unread")) : null,
    el("ol", { class: "laws" }, ...sheet.laws.map((w) => el("li", {}, quoted(w.label), " ", statusTag(w.status)))),
    legal && legal[2].length ? [el("p", {}, say("sheet.missing_laws")), el("ul", {}, ...legal[2].map((law) => el("li", {}, lawLink(law), " ", statusTag(lawStatus(law)))))] : null];
}

function stepTable(sheet) {
  if (!sheet.steps.length) return el("p", { class: "soft" }, say("sheet.no_steps"));
  const value = (step, name, shown) => shown ? quoted(shown) : step.unread & UNREADS[name] ? tag("doubt", say("state.unread")) : tag("", say("state.empty"));
  const heads = ["column.no", "part.kegiatan", "part.pelaksana", "part.kelengkapan", "part.waktu", "part.output", "part.keterangan"];
  return [el("h3", {}, say("sheet.steps")), el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": say("sheet.steps") }, el("table", {}, el("caption", { class: "unseen" }, say("sheet.steps")),
    el("thead", {}, el("tr", {}, ...heads.map((key) => el("th", { scope: "col", class: key === "column.no" ? "num" : null }, say(key))))),
    el("tbody", {}, ...sheet.steps.map((s) => el("tr", {}, el("td", { class: "num" }, String(s.urutan)), el("th", { scope: "row", class: "wide" }, quoted(s.kegiatan)),
      ...[["pelaksana", s.pelaksana], ["kelengkapan", s.kelengkapan], ["waktu", s.waktu], ["output", s.output]].map(([name, shown]) => el("td", {}, value(s, name, shown))),
      el("td", {}, s.keterangan ? quoted(s.keterangan) : null)))),
  ))];
}
