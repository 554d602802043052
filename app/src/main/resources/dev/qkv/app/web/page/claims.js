// What the note claims, beside what was computed.

import { html, nothing } from "./lit-html/lit-html.js";
import { goTo } from "./cells.js";
import { glyph } from "./grid.js";
import { mistakeOf } from "./mistake.js";
import { pointAt } from "./source.js";
import { change, quantity, state } from "./state.js";
import { w } from "./words.js";

const FEW = 6;

const audit = () => state.audits[state.index];

/** The verdict on each cell of a quantity, by "row/column"; a number alone needs no place. */
export function marksOf(q) {
  const marks = new Map();
  const single = q.rows * q.columns === 1;
  for (const claim of audit()?.claims ?? []) {
    if (claim.quantity === q.quantity) {
      for (const cell of claim.cells) {
        const at = single ? "0/0" : `${cell.row}/${cell.column}`;
        if ((single || cell.row !== null) && marks.get(at)?.outcome !== "wrong") {
          marks.set(at, cell);
        }
      }
    }
  }
  return marks;
}

export function claimsOf(name) {
  const claims = (audit()?.claims ?? []).filter((c) => c.quantity === name);
  return claims.length === 0 ? nothing : html`<ul class="claims">${claims.map(item)}</ul>`;
}

/** Claims of what is no step of the sheet: a formula, a quantity under another name. */
export function otherClaims() {
  const claims = (audit()?.claims ?? []).filter((c) => !state.sheet.steps.some((s) => s.quantity === c.quantity));
  return claims.length === 0
    ? nothing
    : html`<section aria-labelledby="others-title">
        <h2 id="others-title">${w("claims.others")}</h2>
        <ul class="claims">${claims.map(item)}</ul>
      </section>`;
}

function item(claim) {
  const wrong = claim.cells.filter((c) => c.outcome === "wrong");
  return html`<li class="claim ${claim.outcome}">
    <p>
      ${glyph(claim)} <b>${w("outcome." + claim.outcome)}</b>
      <button class="quiet no-print" @click=${() => visit(claim)}>${w("line", claim.line)}</button>
      <code>${claim.text}</code>
    </p>
    ${claim.notes.map((note) => html`<p class="note">${note}</p>`)}
    ${mistakes(claim)}
    ${wrong.length === 0 ? nothing : intervals(claim, wrong)}
  </li>`;
}

function mistakes(claim) {
  const found = new Map();
  [...claim.mistakes, ...claim.cells.flatMap((c) => c.mistakes)].forEach((m) => found.set(m.code, m));
  return [...found.values()].map(
    (m) => html`<div class="mistake"><p><b>${m.name}</b> <code>${m.code}</code><br />${m.hint}</p>
      ${claim.cells.length > 0 ? mistakeOf(claim.quantity, m) : nothing}</div>`,
  );
}

function intervals(claim, wrong) {
  return html`<details ?open=${wrong.length <= FEW}>
    <summary>${w("claims.cells", wrong.length)}</summary>
    <div class="scroll"><table class="intervals">
      <thead><tr>
        <th scope="col">${w("claims.cell")}</th><th scope="col">${w("claims.written")}</th>
        <th scope="col">${w("claims.computed")}</th><th scope="col">${w("claims.accepted")}</th>
      </tr></thead>
      <tbody>${wrong.map((c) => html`<tr>
        <th scope="row">${c.row === null ? claim.quantity
          : html`<button class="quiet" @click=${() => visit(claim, c)}>${c.row + 1}, ${c.column + 1}</button>`}</th>
        <td>${c.written}</td><td>${c.computed}</td>
        <td>${c.low === null ? "–" : `${c.low} … ${c.high}`}</td>
      </tr>`)}</tbody>
    </table></div>
  </details>`;
}

/** To the cell that a claim is about, and to its line in the note. */
function visit(claim, cell = claim.cells.find((c) => c.outcome === "wrong") ?? claim.cells[0]) {
  pointAt(claim.line);
  if (cell && cell.row !== null && quantity(claim.quantity)) {
    const at = { quantity: claim.quantity, row: cell.row, column: cell.column };
    if (!goTo(at)) {
      change({ view: "sheet" }, () => goTo(at));
    }
  }
}
