// Tables that stay quick with ten thousand rows: sorted as a list, drawn a page at a time.

const PAGE_ROWS = 50, PRINT_ROWS = 1000;
const tables = new Set(); // those that are shown, for printing

// `columns`: { key, label, cell(row), sort(row)?, num?, wide? }; a column without `sort` cannot be sorted.
// `address` false keeps sorting and page out of the address, for tables inside a detail.
function makeTable({ name, caption, columns, address = true, rows = PAGE_ROWS, first = "" }) {
  let list = [], page = 0, order = first, printing = false, custom = columns;
  const head = el("tr"), body = el("tbody"), count = el("p", { class: "count", role: "status" });
  const pager = el("nav", { class: "pager", "aria-label": say("table.pages", { name: caption }) });
  const table = el("table", { id: "tabel-" + name }, el("caption", { class: "unseen" }, caption), el("thead", {}, head), body);
  const scroll = el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption }, table);
  const node = el("div", { class: "listing" }, count, scroll, pager);

  function change(what, value) {
    if (address) { setQuery(what, value); return; }
    if (what === "urut") { order = value; page = 0; } else page = Number(value || 1) - 1;
    draw();
  }

  function drawHead() {
    head.replaceChildren(...custom.map((column) => {
      const way = order === column.key ? "ascending" : order === "-" + column.key ? "descending" : null;
      const turned = way === "ascending" ? "-" + column.key : column.key;
      const label = column.sort && !printing // a browser does not print a button again on the next page
        ? el("button", { type: "button", "data-urut": column.key, onclick: () => change("urut", turned) }, column.label)
        : el("span", {}, column.label);
      return el("th", { scope: "col", class: column.num ? "num" : column.kind, "aria-sort": way }, label);
    }));
  }

  function sorted() {
    const down = order.startsWith("-"), column = custom.find((c) => c.key === order.replace("-", "") && c.sort);
    if (!column) return list;
    const keyed = list.map((row) => [column.sort(row), row]);
    keyed.sort(([a], [b]) => {
      if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1; // what is not known stands last
      const way = typeof a === "number" ? a - b : COLLATOR.compare(a, b);
      return down ? -way : way;
    });
    return keyed.map(([, row]) => row);
  }

  function draw() {
    const all = sorted(), size = printing ? PRINT_ROWS : rows, last = Math.max(Math.ceil(all.length / size) - 1, 0);
    page = Math.min(Math.max(page, 0), last);
    const start = printing ? 0 : page * size, shown = all.slice(start, start + size);
    drawHead();
    body.replaceChildren(...shown.map((row) => el("tr", {}, ...custom.map((column) => el(
      column.head ? "th" : "td", { class: [column.num ? "num" : "", column.wide ? "wide" : "", column.kind ? column.kind : "", column.look ? column.look(row) : ""].filter(Boolean).join(" ") || null, scope: column.head ? "row" : null },
      column.cell(row),
    )))));
    count.textContent = all.length ? say(all.length > size ? "table.some" : "table.all", { n: all.length, from: start + 1, to: start + shown.length }) : say("table.none");
    drawPager(last);
  }

  function drawPager(last) {
    const button = (key, target, off) => el("button", { type: "button", disabled: off, "data-hal": key, onclick: () => { change("hal", String(target + 1)); scroll.scrollTop = 0; } }, say("table." + key));
    pager.hidden = last === 0 || printing;
    pager.replaceChildren(
      button("first", 0, page === 0), button("previous", page - 1, page === 0),
      el("span", {}, say("table.page", { n: page + 1, last: last + 1 })),
      button("next", page + 1, page === last), button("last", last, page === last),
    );
  }

  const handle = {
    node,
    // The rows in their own order; sorting and page come from the address.
    set(found, query, changed) {
      list = found;
      if (changed) custom = changed;
      if (address) {
        order = query.get("urut") || first;
        page = Number(query.get("hal") || 1) - 1;
      }
      tables.add(handle);
      draw();
    },
    print(on) { printing = on; draw(); },
  };
  return handle;
}

function printTables(on) {
  for (const table of tables) {
    if (!table.node.isConnected) tables.delete(table);
    else if (table.node.closest("section") && !table.node.closest("section").hidden) table.print(on);
  }
}
