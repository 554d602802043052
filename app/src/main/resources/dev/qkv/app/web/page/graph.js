// The derivation as a graph: quantities in layers by depth, arrows from what goes into them.

import { html, svg } from "./lit-html/lit-html.js";
import { show } from "./cells.js";
import { markup } from "./markup.js";
import { change, quantities, state } from "./state.js";
import { w } from "./words.js";

const BOX = { width: 112, height: 52 };
const GAP = { x: 20, y: 40 };
const MARGIN = 12;
const SIDE = 72; // for arrows that swing out

export function graph() {
  const { layers, at } = layout();
  const width = Math.max(...layers.map((l) => l.length)) * (BOX.width + GAP.x) - GAP.x + 2 * SIDE;
  const height = layers.length * (BOX.height + GAP.y) - GAP.y + 2 * MARGIN;
  const place = (name) => {
    const { layer, slot } = at.get(name);
    const row = layers[layer].length * (BOX.width + GAP.x) - GAP.x;
    return { x: (width - row) / 2 + slot * (BOX.width + GAP.x), y: MARGIN + layer * (BOX.height + GAP.y) };
  };
  return html`<section aria-labelledby="graph-title">
    <header class="bar"><h2 id="graph-title">${w("view.graph")}</h2><p class="hint">${w("graph.hint")}</p></header>
    <div class="scroll graph"><svg viewBox="0 0 ${width} ${height}" width=${width} height=${height}>
      ${state.sheet.steps.flatMap((s) => s.inputs.filter((i) => at.has(i)).map((i) => edge(place(i), place(s.quantity))))}
      ${quantities().map((q) => box(q, place(q.quantity)))}
    </svg></div>
  </section>`;
}

/** A step stands one layer below its deepest input, a given right above the first that uses it. */
function depths() {
  const depth = new Map();
  for (const s of state.sheet.steps) {
    depth.set(s.quantity, 1 + Math.max(0, ...s.inputs.map((i) => depth.get(i) ?? 0)));
  }
  for (const { quantity } of state.sheet.givens) {
    const users = state.sheet.steps.filter((s) => s.inputs.includes(quantity));
    depth.set(quantity, users.length === 0 ? 0 : Math.min(...users.map((s) => depth.get(s.quantity))) - 1);
  }
  return depth;
}

/** Within its layer each stands near the middle of its inputs. */
function layout() {
  const depth = depths();
  const layers = [];
  const at = new Map();
  quantities().forEach((q) => (layers[depth.get(q.quantity)] ??= []).push(q));
  layers.forEach((row, layer) => {
    const middle = (q) => {
      const near = q.inputs ?? state.sheet.steps.find((s) => s.inputs.includes(q.quantity))?.inputs ?? [];
      const slots = near.filter((i) => at.has(i)).map((i) => (at.get(i).slot + 0.5) / layers[at.get(i).layer].length);
      return slots.length === 0 ? 1 : slots.reduce((a, b) => a + b) / slots.length;
    };
    const order = layer === 0 ? row : row.map((q) => [middle(q), q]).sort((a, b) => a[0] - b[0]).map(([, q]) => q);
    order.forEach((q, slot) => at.set(q.quantity, { layer, slot }));
  });
  return { layers: layers.filter(Boolean), at };
}

/** Past layers between, an arrow swings out, so that it does not run behind their boxes. */
function edge(from, to) {
  const far = to.y - from.y > BOX.height + GAP.y;
  const side = from.x > to.x ? 1 : -1;
  const lean = far ? (side * BOX.width) / 3 : 0;
  const [x1, y1, x2, y2] = [from.x + BOX.width / 2 + lean, from.y + BOX.height, to.x + BOX.width / 2 + lean, to.y];
  const bend = Math.max(18, (y2 - y1) / (far ? 3 : 2));
  const swing = far ? side * (BOX.width / 2) : 0;
  return svg`<path class="edge" d="M${x1},${y1} C${x1 + swing},${y1 + bend} ${x2 + swing},${y2 - bend} ${x2},${y2 - 5}" />
    <polygon class="tip" points="${x2},${y2} ${x2 - 4},${y2 - 7} ${x2 + 4},${y2 - 7}" />`;
}

function box(q, { x, y }) {
  const asked = state.sheet.goals.includes(q.quantity);
  const kind = q.formula ? (asked ? "goal" : "") : "given";
  const visit = () => change({ view: "sheet" }, () => showStep(q.quantity));
  return svg`<g class="node ${kind}" role="button" tabindex="0"
      transform="translate(${x} ${y})" @click=${visit} @keydown=${(e) => (e.key === "Enter" || e.key === " ") && (e.preventDefault(), visit())}>
    <rect width=${BOX.width} height=${BOX.height} rx="8"><title>${q.name}</title></rect>
    <foreignObject width=${BOX.width} height="30" y="5"><div class="symbol">${markup(q.symbol)}</div></foreignObject>
    <text x=${BOX.width / 2} y=${BOX.height - 9}>${q.rows} × ${q.columns}</text>
  </g>`;
}

function showStep(name) {
  const element = document.getElementById("step-" + name);
  if (element) {
    element.tabIndex = -1;
    element.focus({ preventScroll: true });
    show(element, "center");
  }
}
