// Elements. What comes from a document gets in as text nodes only, never as markup.

const SVG = "http://www.w3.org/2000/svg";

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "text") element.textContent = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  put(element, children);
  return element;
}

function put(element, children) {
  for (const child of children) {
    if (child === null || child === undefined || child === false || child === "") continue;
    if (Array.isArray(child)) put(element, child);
    else element.append(child instanceof Node ? child : String(child));
  }
}

const el = (name, attributes, ...children) => fill(document.createElement(name), attributes, children);
const svg = (name, attributes, ...children) => fill(document.createElementNS(SVG, name), attributes, children);
const byId = (id) => document.getElementById(id);

const link = (target, ...children) => el("a", { href: target }, ...children);
const tag = (kind, text) => el("span", { class: "tag " + kind }, text);
const soft = (...children) => el("span", { class: "soft" }, ...children);
const small = (...children) => el("div", { class: "soft small" }, ...children);

// Texts of documents stand in their own language and direction.
const quoted = (text) => el("bdi", { lang: "id" }, text);

// A number or path, which may go on in the next line after its marks and nowhere else.
const coded = (text) => el("bdi", { lang: "id" }, ...text.split(/(?<=[/.\\-])/).flatMap((part) => [part, el("wbr")]));

function labelled(text, control) {
  return el("label", {}, el("span", {}, text), control);
}

// A choice of [value, text]; `changed` gets the value.
function choice(label, options, changed) {
  const select = el("select", { onchange: () => changed(select.value) });
  for (const [value, text] of options) select.append(el("option", { value }, text));
  return { node: labelled(label, select), set: (value) => { select.value = value || ""; } };
}

function tick(label, changed) {
  const box = el("input", { type: "checkbox", onchange: () => changed(box.checked ? "1" : "") });
  return { node: el("label", { class: "tick" }, box, el("span", {}, label)), set: (value) => { box.checked = value === "1"; } };
}
