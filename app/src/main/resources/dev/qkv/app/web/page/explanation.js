// The bar that explains a cell; it is always at the same place.

import { html, nothing } from "./lit-html/lit-html.js";
import { markup } from "./markup.js";
import { pointAt } from "./source.js";
import { quantity, state } from "./state.js";
import { back, follow } from "./trace.js";
import { w } from "./words.js";

const MANY = 24;

export function explanation() {
  const { trace } = state;
  return html`<aside class="explanation no-print" aria-label=${w("trace.title")}>
    ${state.trail.length > 0 ? html`<button class="back" @click=${back}>← ${w("trace.back")}</button>` : nothing}
    ${trace ? of(trace) : html`<p class="hint">${w("trace.hint")}</p>`}
  </aside>`;
}

function of({ at, cell }) {
  const q = quantity(at.quantity);
  if (!q) {
    return nothing;
  }
  if (!cell) {
    return given(q, at);
  }
  return html`<div class="arithmetic scroll">${markup(cell.arithmetic)}</div>
    <div class="sources">
      <span>${w("trace.from")}</span>
      ${cell.sources.slice(0, MANY).map(
        (s) => html`<button @click=${() => follow(s)}>${name(s)} <b>${s.shown}</b></button>`,
      )}
      ${cell.sources.length > MANY ? html`<span>${w("trace.more", cell.sources.length - MANY)}</span>` : nothing}
    </div>
    <p class="hint keys">${w("trace.keys")}</p>`;
}

function given(q, { row, column }) {
  return html`<p>
    <span class="symbol">${markup(q.symbol)}</span> ${w("trace.given", row + 1, column + 1, q.shown[row][column])}
    ${q.line > 0 ? html`<button class="quiet" @click=${() => pointAt(q.line)}>${w("line", q.line)}</button>` : nothing}
  </p>`;
}

/** Where a source is: its quantity, and the indices that tell its cells apart. */
function name({ quantity: of, row, column }) {
  const q = quantity(of);
  const indices = [q?.rows > 1 && row + 1, q?.columns > 1 && column + 1].filter(Boolean);
  return html`${q ? markup(q.symbol) : of}${indices.length > 0 ? html`<sub>${indices.join(", ")}</sub>` : nothing} =`;
}
