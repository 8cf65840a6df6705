// The texts of the page in its language, and figures in its words. As in compare/words.py.

const WORDS = JSON.parse(byId("data-words").textContent);
const LANG = document.documentElement.lang;
const COLLATOR = new Intl.Collator(LANG, { numeric: true, sensitivity: "base" });
const NUMBERS = new Intl.NumberFormat(LANG === "id" ? "id-ID" : "en-GB", { maximumFractionDigits: 2 });

// The text of a key with its {places} filled; `n` chooses between one and many.
function say(key, values) {
  let text = WORDS.texts[key];
  if (text === undefined) throw new Error("no text for " + key);
  if (!values) return text;
  if (values.n === 1 && WORDS.single[key] !== undefined) text = WORDS.single[key];
  return text.replace(/\{([a-z_]+)\}/g, (whole, name) => typeof values[name] === "number" ? amount(values[name]) : values[name]);
}

const amount = (value) => NUMBERS.format(value);
const percent = (value) => value === null || value === undefined ? "–" : value + "%";

function minutes(value) {
  const hours = Math.floor(value / 60), rest = value - hours * 60, parts = [];
  if (hours) parts.push(say("time.hours", { n: hours }));
  if (rest || !hours) parts.push(say("time.minutes", { n: rest }));
  return parts.join(" ");
}

// "8 Mei 2024" at the precision that the sheet has.
function date(iso) {
  const parts = iso.split("-");
  const month = parts.length > 1 ? WORDS.texts["month." + Number(parts[1])] : undefined;
  if (!month) return iso;
  return (parts.length > 2 ? Number(parts[2]) + " " : "") + month + " " + parts[0];
}
