"use strict";
(function () {
  var all = function (selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); };
  var textOf = new WeakMap();
  function text(element) {
    var known = textOf.get(element);
    if (known === undefined) { known = element.textContent.toLowerCase(); textOf.set(element, known); }
    return known;
  }
  function apply() {
    var wanted = document.getElementById("cari").value.toLowerCase().split(/\s+/).filter(Boolean);
    var agency = document.getElementById("pd").value;
    all("[data-item]").forEach(function (element) {
      var fits = wanted.every(function (word) { return text(element).indexOf(word) >= 0; });
      var agencies = element.getAttribute("data-pd");
      if (agency && agencies !== null) { fits = fits && (" " + agencies + " ").indexOf(" " + agency + " ") >= 0; }
      element.hidden = !fits;
    });
    all("[data-count]").forEach(function (place) {
      var items = all("[data-item]", document.getElementById(place.getAttribute("data-count")));
      var shown = items.filter(function (element) { return !element.hidden; }).length;
      place.textContent = shown === items.length ? items.length + " baris" : shown + " dari " + items.length + " baris";
    });
  }
  var timer = 0;
  document.getElementById("cari").addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(apply, 120); });
  document.getElementById("pd").addEventListener("change", apply);
  all("th[data-sort]").forEach(function (head) {
    head.tabIndex = 0;
    function sort() {
      var table = head.closest("table"), body = table.tBodies[0], column = head.cellIndex;
      var down = head.getAttribute("aria-sort") === "ascending", numeric = head.getAttribute("data-sort") === "n";
      all("th[aria-sort]", table).forEach(function (other) { other.removeAttribute("aria-sort"); });
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      var rows = Array.prototype.slice.call(body.rows).map(function (row) {
        var cell = row.cells[column], value = cell.getAttribute("data-v");
        if (value === null) { value = cell.textContent.trim(); }
        return { row: row, value: numeric ? (value === "" ? -Infinity : Number(value)) : value };
      });
      rows.sort(function (a, b) {
        var order = numeric ? (a.value === b.value ? 0 : a.value - b.value) : a.value.localeCompare(b.value, "id", { numeric: true });
        return down ? -order : order;
      });
      rows.forEach(function (entry) { body.appendChild(entry.row); });
    }
    head.addEventListener("click", sort);
    head.addEventListener("keydown", function (event) { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); sort(); } });
  });
  all("[data-toggle]").forEach(function (button) {
    button.addEventListener("click", function () {
      var boxes = all("details.box", document.getElementById(button.getAttribute("data-toggle")));
      var open = boxes.some(function (box) { return !box.open; });
      boxes.forEach(function (box) { box.open = open; });
    });
  });
  window.addEventListener("beforeprint", function () { all("details.box").forEach(function (box) { box.open = true; }); });
  apply();
})();
