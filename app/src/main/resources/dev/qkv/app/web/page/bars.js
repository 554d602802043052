// The weights of each row as bars: a query's attention over the keys.

import { html, svg } from "./lit-html/lit-html.js";
import { key } from "./cells.js";
import { w } from "./words.js";

const HEIGHT = 44;
const WIDTH = 16;
const GAP = 4;
const MANY = 128;

/** Attention weights only: their rows are shares of a whole. */
export function hasBars(q) {
  return q.kind === "amount" && /^A\d*$/.test(q.quantity) && q.columns > 1 && q.rows * q.columns <= MANY;
}

export function bars(q) {
  const named = q.columnNames.length > 0;
  return html`<div class="bars" role="img" aria-label=${w("bars.label", q.quantity)}>
    ${q.value.map((row, i) => (named ? overTokens(q, row, i) : chart(q, row, i)))}
  </div>`;
}

const share = (value) => (typeof value === "number" ? Math.max(0, Math.min(1, value)) : 0);

/** Lying bars, with room for the tokens’ names. */
function overTokens(q, row, i) {
  return html`<figure class="tokens">
    <figcaption>${q.rowNames[i] ?? i + 1}</figcaption>
    ${row.map(
      (value, j) => html`<span class="token">${q.columnNames[j]}</span>
        <svg viewBox="0 0 100 10" width="100" height="10" aria-hidden="true">
          <line class="full" x1="99.5" x2="99.5" y1="0" y2="10" />
          <rect class="bar" data-cell=${key(q.quantity, i, j)} x="0" y="1" width=${100 * share(value)} height="8"></rect>
        </svg>
        <span class="amount">${q.about[i][j]}</span>`,
    )}
  </figure>`;
}

function chart(q, row, i) {
  const width = row.length * (WIDTH + GAP) + GAP;
  return html`<figure>
    <svg viewBox="0 0 ${width} ${HEIGHT + 14}" width=${width} height=${HEIGHT + 14} aria-hidden="true">
      <line class="full" x1="0" x2=${width} y1="1" y2="1" />
      <line class="floor" x1="0" x2=${width} y1=${HEIGHT} y2=${HEIGHT} />
      ${row.map((value, j) => bar(q, value, i, j))}
    </svg>
    <figcaption>${q.rowAxis} ${i + 1}</figcaption>
  </figure>`;
}

function bar(q, value, i, j) {
  const height = share(value) * (HEIGHT - 1);
  const x = GAP + j * (WIDTH + GAP);
  return svg`<rect class="bar" data-cell=${key(q.quantity, i, j)} x=${x} y=${HEIGHT - height} width=${WIDTH} height=${height}></rect>
    <text x=${x + WIDTH / 2} y=${HEIGHT + 11}>${j + 1}</text>`;
}
