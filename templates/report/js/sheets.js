// The inventory: every sheet of every agency.

const views = {}; // by the first part of the address: { build(body), update(query, id) }

// A text of a sheet, or why there is none. Unread is not the same as missing.
function valueOf(number) {
  if (number === UNREAD) return tag("doubt", say("state.unread"));
  if (number === EMPTY) return tag("", say("state.empty"));
  return quoted(text(number));
}

function sheetLink(sheet) {
  return link("#sop-" + sheet, quoted(sheetTitle(sheet)));
}

function foundTags([errors, warnings, notes]) {
  const parts = [];
  if (errors) parts.push(tag("bad", say("found.error", { n: errors })));
  if (warnings) parts.push(tag("warm", say("found.warning", { n: warnings })));
  if (notes) parts.push(tag("", say("found.info", { n: notes })));
  return parts.length ? el("span", { class: "tags" }, ...parts) : soft("–");
}

const doubtTag = (count) => count ? tag("doubt", say("found.reading", { n: count })) : soft("–");
const weight = ([errors, warnings, notes]) => errors * 1e6 + warnings * 1e3 + notes;

function sourceOf(sheet) {
  const index = core.sheets.index[sheet];
  return small(coded(text(core.sheets.path[sheet])), index ? " · " + say("sheet.nth", { n: index + 1 }) : "");
}

function companions(sheet) {
  const family = core.sheets.family[sheet];
  return family ? membersOf(family).length - 1 : 0;
}

const SHEET_COLUMNS = () => [
  { key: "pd", label: say("column.agency"), kind: "office", sort: (s) => agencyName(agencyOf(s)), cell: (s) => quoted(agencyShort(agencyOf(s))) },
  { key: "nomor", label: say("column.number"), kind: "code", sort: (s) => text(core.sheets.number[s]), cell: (s) => core.sheets.number[s] < 0 ? valueOf(core.sheets.number[s]) : coded(text(core.sheets.number[s])) },
  { key: "nama", label: say("column.title"), head: true, wide: true, sort: sheetTitle, cell: (s) => [core.sheets.title[s] < 0 ? [valueOf(core.sheets.title[s]), " ", link("#sop-" + s, say("word.open"))] : sheetLink(s), sourceOf(s)] },
  { key: "tanggal", label: say("column.date"), kind: "nowrap", sort: (s) => text(core.sheets.date[s]) || null, cell: (s) => core.sheets.date[s] < 0 ? valueOf(core.sheets.date[s]) : date(text(core.sheets.date[s])) },
  { key: "pengesah", label: say("column.signer"), kind: "person", sort: (s) => text(core.sheets.signer[s]), cell: (s) => [valueOf(core.sheets.signer[s]), core.sheets.nip[s] < 0 ? null : small("NIP " + text(core.sheets.nip[s]))] },
  { key: "langkah", label: say("column.steps"), num: true, sort: (s) => core.sheets.figures[s][0], cell: (s) => bound(core.sheets.figures[s][0], !core.sheets.figures[s][0]) },
  { key: "temuan", label: say("column.found"), sort: (s) => -weight(core.sheets.found[s]), cell: (s) => foundTags(core.sheets.found[s]) },
  { key: "ragu", label: say("column.doubts"), num: true, sort: (s) => -core.sheets.found[s][3], cell: (s) => doubtTag(core.sheets.found[s][3]) },
  { key: "padanan", label: say("column.companions"), kind: "nowrap", sort: (s) => -companions(s), cell: (s) => companions(s) ? link("#keluarga-" + core.sheets.family[s], say("word.sheets", { n: companions(s) })) : soft("–") },
];

const SHEET_FILTERS = {
  temuan: {
    error: (s) => core.sheets.found[s][0] > 0,
    warning: (s) => core.sheets.found[s][1] > 0,
    bersih: (s) => core.sheets.found[s][0] === 0 && core.sheets.found[s][1] === 0,
    ragu: (s) => core.sheets.found[s][3] > 0,
  },
  padanan: {
    ada: (s) => core.sheets.family[s] > 0,
    sendiri: (s) => core.sheets.family[s] === 0,
    salinan: (s) => core.sheets.copy[s] > 0,
    hukum: (s) => core.sheets.law[s] !== null && core.sheets.law[s][2].length > 0,
    dicabut: (s) => core.sheets.law[s] !== null && core.sheets.law[s][0].length > 0,
  },
};

// "k3": the fourth item is empty; "u3": it stands there and was not read.
function hasState(sheet, wanted) {
  return text(core.sheets.states[sheet])[Number(wanted.slice(1))] === wanted[0];
}

views.daftar = {
  build(body) {
    const identity = core.items.slice(0, 13);
    this.temuan = choice(say("filter.found"), [["", say("filter.all")], ...Object.keys(SHEET_FILTERS.temuan).map((key) => [key, say("filter.found_" + key)])], (v) => setQuery("temuan", v));
    this.padanan = choice(say("filter.companions"), [["", say("filter.all")], ...Object.keys(SHEET_FILTERS.padanan).map((key) => [key, say("filter.companions_" + key)])], (v) => setQuery("padanan", v));
    this.butir = choice(say("filter.item"), [["", say("filter.all")],
      ...identity.map((name, i) => ["k" + i, say("filter.item_empty", { name })]), ...identity.map((name, i) => ["u" + i, say("filter.item_unread", { name })])], (v) => setQuery("butir", v));
    this.table = makeTable({ name: "daftar", caption: say("view.daftar"), columns: SHEET_COLUMNS() });
    body.append(el("div", { class: "filters" }, this.temuan.node, this.padanan.node, this.butir.node), this.table.node);
  },
  update(query) {
    const found = query.get("temuan"), company = query.get("padanan"), item = query.get("butir");
    this.temuan.set(found); this.padanan.set(company); this.butir.set(item);
    let sheets = findSheets(query);
    if (SHEET_FILTERS.temuan[found]) sheets = sheets.filter(SHEET_FILTERS.temuan[found]);
    if (SHEET_FILTERS.padanan[company]) sheets = sheets.filter(SHEET_FILTERS.padanan[company]);
    if (item && /^[ku]\d+$/.test(item)) sheets = sheets.filter((s) => hasState(s, item));
    this.table.set(sheets, query);
  },
};
