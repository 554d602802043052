// Queries and keys with two components as arrows that can be dragged.

import { html, svg } from "./lit-html/lit-html.js";
import { edit, written } from "./editing.js";
import { markup } from "./markup.js";
import { isGiven, quantity } from "./state.js";
import { w } from "./words.js";

const MOST = 6;
const SIDE = 320;
const STEP = 0.1;

export function isPlane() {
  return ["Q", "K"].every((name) => isGiven(name) && quantity(name).columns === 2 && quantity(name).rows <= MOST);
}

let drag = null; // {name, row, half}: half of the plane stays while an arrow is dragged

function half() {
  const all = ["Q", "K"].flatMap((name) => quantity(name).value.flat()).filter((v) => typeof v === "number");
  return Math.max(2, Math.ceil(Math.max(...all.map(Math.abs)) * 1.15));
}

export function plane() {
  const reach = drag?.half ?? half();
  const scale = SIDE / 2 / reach;
  const lines = [];
  for (let v = -reach; v <= reach; v += Math.max(1, Math.round(reach / 6))) {
    lines.push(v);
  }
  return html`<figure class="plane">
    <svg viewBox="${-SIDE / 2} ${-SIDE / 2} ${SIDE} ${SIDE}" role="group" aria-label=${w("plane.label")}>
      ${lines.map((v) => svg`<line class=${v === 0 ? "axis" : "thin"} x1=${v * scale} x2=${v * scale} y1=${-SIDE / 2} y2=${SIDE / 2} />
        <line class=${v === 0 ? "axis" : "thin"} y1=${v * scale} y2=${v * scale} x1=${-SIDE / 2} x2=${SIDE / 2} />`)}
      ${["K", "Q"].flatMap((name) => quantity(name).value.map((p, row) => arrow(name, row, p, scale, reach)))}
    </svg>
    ${readout()}
    <figcaption><span class="query">q</span> ${quantity("Q").name} · <span class="key">k</span> ${quantity("K").name} <span class="no-print">— ${w("plane.hint")}</span></figcaption>
  </figure>`;
}

/** What each query makes of the keys, beside the arrows that are dragged. */
function readout() {
  const rows = ["dot", "A", "Z"].map(quantity).filter(Boolean);
  return html`<div class="scroll"><table class="readout">
    <thead><tr><td aria-hidden="true"></td>${rows.map((q) => html`<th scope="col">${markup(q.symbol)}<span class="unseen">${q.name}</span></th>`)}</tr></thead>
    <tbody>${quantity("Q").value.map((_, i) => html`<tr>
      <th scope="row" class="query">q${i + 1}</th>
      ${rows.map((q) => html`<td>${(q.value[i] ?? []).map((v) => short(v, q)).join("   ")}</td>`)}
    </tr>`)}</tbody>
  </table></div>`;
}

/** Two decimals, unless a quantity has none at all. */
function short(value, q) {
  if (typeof value !== "number") {
    return value === "-inf" ? "−∞" : "–";
  }
  return q.value.flat().every(Number.isInteger) ? String(value) : value.toFixed(2);
}

function arrow(name, row, [x, y], scale, reach) {
  const kind = name === "Q" ? "query" : "key";
  const [px, py] = [x * scale, -y * scale];
  const length = Math.hypot(px, py) || 1;
  const [ux, uy] = [px / length, py / length];
  const tip = `${px},${py} ${px - 9 * ux - 4 * uy},${py - 9 * uy + 4 * ux} ${px - 9 * ux + 4 * uy},${py - 9 * uy - 4 * ux}`;
  const beside = name === "Q" ? 8 : -8; // so that the names of two that point the same way stand apart
  const label = (name === "Q" ? "q" : "k") + (row + 1);
  return svg`<g class="arrow ${kind}" tabindex="0" role="slider" aria-label=${label} aria-valuetext="${x}, ${y}"
      aria-valuenow=${x} aria-valuemin=${-reach} aria-valuemax=${reach}
      @pointerdown=${(e) => hold(e, name, row, reach)} @pointermove=${(e) => pull(e)}
      @pointerup=${release} @pointercancel=${release} @keydown=${(e) => nudge(e, name, row)}>
    <line x1="0" y1="0" x2=${px - 6 * ux} y2=${py - 6 * uy} />
    <polygon points=${tip} />
    <circle cx=${px} cy=${py} r="14" />
    <text x=${px + 13 * ux + beside * uy} y=${py + 13 * uy - beside * ux + 4}>${label}</text>
  </g>`;
}

function hold(e, name, row, reach) {
  drag = { name, row, half: reach };
  e.currentTarget.setPointerCapture(e.pointerId);
  e.currentTarget.focus();
  e.preventDefault();
}

function pull(e) {
  if (!drag) {
    return;
  }
  const box = e.currentTarget.ownerSVGElement.getBoundingClientRect();
  const at = (offset, size) => ((offset / size) * 2 - 1) * drag.half;
  move(drag.name, drag.row, at(e.clientX - box.left, box.width), -at(e.clientY - box.top, box.height), drag.half);
}

function release() {
  drag = null;
}

const KEYS = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] };

function nudge(e, name, row) {
  const by = KEYS[e.key];
  if (by) {
    e.preventDefault();
    const [x, y] = quantity(name).value[row];
    move(name, row, x + by[0], y + by[1], Infinity);
  }
}

/** Each component is a cell of its own; what did not change is not sent. */
function move(name, row, x, y, reach) {
  [x, y].forEach((v, column) => {
    const held = Math.max(-reach, Math.min(reach, v));
    const text = String(Number(held.toFixed(1)) || 0);
    if (text !== written(name)[row][column]) {
      edit("cell", name, String(row), String(column), text);
    }
  });
}
