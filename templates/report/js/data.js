// The data of the page. Tables are columns of numbers; texts are held once and meant by number.
// What a family, a sheet or a copy consists of lies in blocks that are read when one is opened.

const EMPTY = -1, UNREAD = -2; // in place of a text: missing from the sheet, or not read
const FIGURES = ["steps", "actors", "minutes", "timeUnknown", "ranges", "handovers", "handoversUnknown",
  "decisions", "decisionsUnknown", "loops", "main", "best", "worst", "openDays", "calendarDays", "assumed"]; // as in compare/page/core.py
const STATES = ["acuan", "sama", "mirip", "berbeda", "tambahan"]; // these as in compare/page/detail.py
const DIFFERS = { pelaksana: 1, waktu: 2, output: 4, kelengkapan: 8, simbol: 16 };
const UNREADS = { pelaksana: 1, kelengkapan: 2, waktu: 4, output: 8 };
const RELATIONS = ["", "pecah", "gabung", "tukar"];
const SYMBOLS = ["", "terminator", "proses", "keputusan"];
const LEFTOVERS = ["jenis", "wilayah", "instansi", "jabatan"];

let core = null;
const blocks = new Map(); // number of a block → promise of it

// The text of a script element; base64 of gzip is unpacked by the browser itself.
async function readText(id) {
  const element = byId(id), text = element.textContent;
  if (!element.hasAttribute("data-packed")) return text;
  const letters = atob(text), bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i++) bytes[i] = letters.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

async function loadCore() {
  core = JSON.parse(await readText("data-core"));
}

function loadBlock(number) {
  if (!blocks.has(number)) blocks.set(number, readText("data-" + number).then((text) => JSON.parse(text)));
  return blocks.get(number);
}

const text = (number) => number < 0 ? "" : core.strings[number];
const sheetCount = () => core.sheets.agency.length;
const agencyCount = () => core.agencies.name.length;
const agencyName = (agency) => text(core.agencies.name[agency]);
const agencyShort = (agency) => text(core.agencies.short[agency]);
const agencyOf = (sheet) => core.sheets.agency[sheet];
const sheetTitle = (sheet) => text(core.sheets.title[sheet]) || text(core.sheets.path[sheet]);
const familyTitle = (family) => text(core.families.title[family - 1]) || say("word.untitled");
const membersOf = (family) => core.families.members[family - 1];

function figuresOf(sheet) {
  const values = core.sheets.figures[sheet], found = {};
  FIGURES.forEach((name, i) => { found[name] = values[i]; });
  // without steps, or a flow, nothing is known of these: "0" would be said of what was not read
  if (!found.steps) found.handovers = found.decisions = null;
  if (!found.loops && !found.best) found.loops = null;
  return found;
}

// Everything of one sheet; texts in place of numbers.
async function loadSheet(sheet) {
  const block = await loadBlock(core.block[sheet]);
  return openSheet(block, sheet);
}

function openSheet(block, sheet) {
  const found = block.sheets[sheet], say_ = (n) => n < 0 ? "" : block.strings[n];
  return {
    sheet,
    lanes: found.lanes.map(say_),
    steps: found.steps.map((s) => ({
      urutan: s[0], kegiatan: say_(s[1]), lanes: s[2], simbol: s[3], bentuk: s[4], kelengkapan: say_(s[5]),
      waktu: say_(s[6]), output: say_(s[7]), keterangan: say_(s[8]), unread: s[9],
      pelaksana: s[2].map((lane) => say_(found.lanes[lane])).join(", "),
    })),
    edges: found.edges.map((e) => ({ from: e[0], to: e[1], fromLane: e[2], toLane: e[3], label: say_(e[4]), basis: e[5] })),
    laws: found.laws.map(([label, status]) => ({ label: say_(label), status: say_(status) })),
    findings: found.findings.map((f) => ({
      rule: say_(f[0]), rank: f[1], reading: f[2] === 1, place: say_(f[3]), message: say_(f[4]), help: say_(f[5]),
    })),
  };
}

// A family with all its sheets: they lie in one block.
async function loadFamily(family) {
  const members = membersOf(family), block = await loadBlock(core.block[members[0]]);
  const found = block.families[family], say_ = (n) => block.strings[n];
  const openCell = (c) => c && {
    urutan: c[0], state: STATES[c[1]], differs: c[2],
    marks: c[3] && pairs(c[3]).map(([mark, t]) => [mark, say_(t)]),
    score: c[4], why: pairs(c[5]).map(([name, value]) => [say_(name), value]),
    relation: RELATIONS[c[6]], more: c[7].map(openCell),
  };
  return {
    family, members,
    sheets: members.map((sheet) => openSheet(block, sheet)),
    links: found.links,
    rows: found.rows.map((row) => row.map(openCell)),
    spreads: found.spreads.map((s) => ({ name: say_(s[0]), known: s[1], unknown: s[2], min: s[3], median: s[4], max: s[5] })),
    laws: found.laws.map((w) => ({ law: w[0], cited: w[1], lacking: w[2] })),
  };
}

async function loadCopies(group) {
  const block = await loadBlock(core.block[core.copies[group - 1][0][0]]);
  const say_ = (n) => block.strings[n];
  return block.copies[group].map((p) => ({
    a: p[0], b: p[1], sameFile: p[2] === 1, score: p[3], steps: p[4], sameSteps: p[5], sameTimes: p[6], compared: p[7],
    differences: p[8].map((d) => ({ what: say_(d[0]), where: say_(d[1]), left: say_(d[2]), right: say_(d[3]) })),
    leftovers: p[9].map((k) => ({ sheet: k[0], place: say_(k[1]), words: say_(k[2]), text: say_(k[3]), kind: LEFTOVERS[k[4]], agency: k[5] })),
  }));
}

// [a, b, c, d] as [[a, b], [c, d]].
function pairs(values) {
  const found = [];
  for (let i = 0; i < values.length; i += 2) found.push([values[i], values[i + 1]]);
  return found;
}
