// What is shown stands in the address, so that a link shows the same: #daftar?cari=monev&pd=3

function readAddress() {
  const [path, query] = decodeAddress(location.hash.slice(1));
  const found = /^(.+?)-(.+)$/.exec(path);
  return {
    view: found ? found[1] : path || "ringkasan",
    id: found ? found[2] : "",
    query: new URLSearchParams(query),
  };
}

function decodeAddress(hash) {
  const at = hash.indexOf("?");
  return at < 0 ? [hash, ""] : [hash.slice(0, at), hash.slice(at + 1)];
}

function writeAddress(state) {
  const query = state.query.toString();
  return "#" + state.view + (state.id ? "-" + state.id : "") + (query ? "?" + query : "");
}

// Changes one value of the address without a new entry in the history; "" takes it out.
function setQuery(name, value) {
  const state = readAddress();
  if (value) state.query.set(name, value);
  else state.query.delete(name);
  if (name !== "hal") state.query.delete("hal");
  history.replaceState(null, "", writeAddress(state));
  show();
}

// Sheets found by words and agency; the texts that are looked through are made once.
let haystacks = null;

function wordsOf(query) {
  return (query.get("cari") || "").toLowerCase().split(/\s+/).filter(Boolean);
}

function haystack(sheet) {
  if (!haystacks) haystacks = new Array(sheetCount());
  if (haystacks[sheet] === undefined) {
    const s = core.sheets;
    haystacks[sheet] = [s.title, s.number, s.signer, s.nip, s.path].map((column) => text(column[sheet])).concat(agencyName(agencyOf(sheet)))
      .join("\n").toLowerCase();
  }
  return haystacks[sheet];
}

function wantedAgency(query) {
  const value = query.get("pd");
  return value === null || value === "" ? -1 : Number(value);
}

function findSheets(query) {
  const wanted = wordsOf(query), agency = wantedAgency(query), found = [];
  for (let sheet = 0; sheet < sheetCount(); sheet++) {
    if (agency >= 0 && agencyOf(sheet) !== agency) continue;
    if (wanted.every((word) => haystack(sheet).includes(word))) found.push(sheet);
  }
  return found;
}

// Whether a text has all words that are looked for.
function hasWords(query, ...texts) {
  const whole = texts.join("\n").toLowerCase();
  return wordsOf(query).every((word) => whole.includes(word));
}
