// The only place where strings become markup: formulas, which the sheet writes itself.

const MATHML = "http://www.w3.org/1998/Math/MathML";
const SVG = "http://www.w3.org/2000/svg";

const parsed = new Map();
const ROOM = 2000;

/** A formula or a picture as a node of its own; nothing where the string is anything else. */
export function markup(text) {
  if (!parsed.has(text)) {
    if (parsed.size >= ROOM) {
      parsed.clear();
    }
    parsed.set(text, parse(text));
  }
  return parsed.get(text)?.cloneNode(true) ?? "";
}

function parse(text) {
  const root = new DOMParser().parseFromString(text, "application/xml").documentElement;
  const namespace = root.namespaceURI;
  if (namespace !== MATHML && namespace !== SVG) {
    return null;
  }
  for (const element of root.querySelectorAll("*")) {
    if (element.namespaceURI !== namespace || element.localName === "script") {
      return null;
    }
  }
  return document.importNode(root, true);
}
