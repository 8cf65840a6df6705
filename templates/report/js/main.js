// Shows what the address says, and follows it.

const DETAILS = new Set(["aturan", "peraturan", "sop"]);
const built = new Set();
let showing = 0; // counts, so that a block that comes late does not overwrite what is shown now

const back = (view) => el("p", { class: "back" }, link("#" + view, "← " + say("view." + view)));
const notFound = () => [el("h2", {}, say("word.not_found")), el("p", {}, link("#ringkasan", say("view.ringkasan")))];

function showSection(name) {
  for (const section of document.querySelectorAll("main > section")) section.hidden = section.id !== "lihat-" + name;
}

function markNavigation(view) {
  const parents = { aturan: "temuan", peraturan: "hukum", sop: "daftar" };
  for (const a of document.querySelectorAll("#menu a")) {
    if (a.getAttribute("href") === "#" + (parents[view] || view)) a.setAttribute("aria-current", "page");
    else a.removeAttribute("aria-current");
    if (a.hasAttribute("aria-current")) a.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
}

async function show() {
  const turn = ++showing;
  await draw(readAddress(), () => turn === showing);
  if (turn === showing) document.documentElement.dataset.siap = location.hash || "#"; // what tests wait for
}

// `wanted` says whether the address is still the one that was asked for.
async function draw(state, wanted) {
  const view = views[state.view], words = state.query.get("cari") || "";
  if (byId("cari").value.trim() !== words.trim()) byId("cari").value = words;
  byId("pd").value = state.query.get("pd") || "";
  byId("saring").hidden = state.id !== "" && !["aturan", "peraturan"].includes(state.view);
  markNavigation(state.view);
  if (!view) { showSection("ringkasan"); return; }
  if (state.id || DETAILS.has(state.view)) {
    const parts = await (view.detail || view.update).call(view, state.query, state.id);
    if (!wanted()) return;
    byId("rincian").replaceChildren();
    put(byId("rincian"), parts);
    showSection("rincian");
    return;
  }
  showSection(state.view);
  const body = document.querySelector("#lihat-" + state.view + " .isi");
  if (!built.has(state.view)) { built.add(state.view); view.build(body); }
  view.update(state.query);
}

// Search and agency narrow what is shown; from the summary they lead to the inventory.
function narrow(name, value) {
  if (views[readAddress().view]) setQuery(name, value);
  else if (value) location.hash = "#daftar?" + new URLSearchParams([[name, value]]);
}

function listen() {
  let timer = 0, last = readAddress();
  byId("cari").addEventListener("input", (event) => { clearTimeout(timer); timer = setTimeout(() => narrow("cari", event.target.value), 120); });
  byId("pd").addEventListener("change", (event) => narrow("pd", event.target.value));
  byId("hapus").addEventListener("click", () => { location.hash = writeAddress({ ...readAddress(), query: new URLSearchParams() }); });
  window.addEventListener("hashchange", () => {
    const now = readAddress();
    if (now.view !== last.view || now.id !== last.id) {
      window.scrollTo(0, 0);
      if (document.activeElement === document.body || document.activeElement.tagName === "A") byId("isi").focus({ preventScroll: true });
    }
    last = now;
    show();
  });
  window.matchMedia("print").addEventListener("change", (event) => printTables(event.matches));
  byId("cetak").addEventListener("click", () => window.print());
}

function tooOld() {
  byId("pesan").textContent = say("page.too_old");
  byId("pesan").hidden = false;
}

async function start() {
  if (document.querySelector("[data-packed]") && typeof DecompressionStream === "undefined") { tooOld(); return; }
  await loadCore();
  byId("pd").append(...core.agencies.name.map((_, a) => el("option", { value: String(a) }, agencyShort(a))));
  listen();
  await show();
}

start();
