// What the exercise gives: grids to type into, rows and columns to add and take away.

import { html, nothing } from "./lit-html/lit-html.js";
import { repeat } from "./lit-html/directives/repeat.js";
import { edit, undo } from "./editing.js";
import { grid } from "./grid.js";
import { markup } from "./markup.js";
import { isPlane, plane } from "./plane.js";
import { pictureButton, pictureOf } from "./pictures.js";
import { change, quantity, state } from "./state.js";
import { w } from "./words.js";

export function givens() {
  const { sheet } = state;
  const shown = sheet.givens.filter((q) => !(q.rows === 1 && q.columns === 1));
  const single = sheet.givens.filter((q) => q.rows === 1 && q.columns === 1);
  return html`<section aria-labelledby="givens-title" class="givens">
    <header class="bar">
      <h2 id="givens-title">${w("givens.title")}</h2>
      <p class="hint no-print">${w("givens.hint")}</p>
      <span class="push no-print">
        <button ?disabled=${!state.undo[state.index]?.length} @click=${() => undo()}>${w("edit.undo")}</button>
        <button ?disabled=${!state.blocks[state.index]} @click=${() => undo(true)}>${w("edit.reset")}</button>
      </span>
    </header>
    <div class="cards">
      ${repeat(shown, (q) => `${state.index} ${q.quantity}`, card)}
      ${repeat(single, (q) => `${state.index} ${q.quantity}`, card)} ${isPlane() ? plane() : nothing}
    </div>
    ${adding()}
  </section>`;
}

/** Another given: a name and numbers as they were copied. */
export function adding() {
  const refusal = state.refusals[state.added];
  return html`<details class="adding no-print">
    <summary>${w("add.title")}</summary>
    <form class="row" @submit=${add}>
      <label class="knob"><span>${w("add.name")}</span><input name="name" type="text" size="6" required autocomplete="off" placeholder="W_O" /></label>
      <label class="knob"><span>${w("add.numbers")}</span><input name="numbers" type="text" size="28" required autocomplete="off" placeholder="[1 0; 0 1]" /></label>
      <button type="submit">${w("add.do")}</button>
    </form>
    ${refusal && !quantity(state.added) ? html`<p class="refused"><q>${refusal.typed}</q> — ${refusal.text}</p>` : nothing}
  </details>`;
}

function add(e) {
  e.preventDefault();
  const { name, numbers } = e.target.elements;
  change({ added: name.value.trim() });
  edit("matrix", name.value.trim(), numbers.value);
}

function card(q) {
  return html`<article class="card" id="step-${q.quantity}" aria-label="${q.quantity}, ${q.name}">
    <header>
      <h3><span class="symbol">${markup(q.symbol)}</span> ${q.name}</h3>
      ${q.kind === "plain" ? nothing : html`<span class="shape">${q.rows} × ${q.columns}</span>`}
    </header>
    ${grid(q, { editable: true })} ${refused(q)}
    ${q.kind === "plain" ? nothing : html`<footer class="no-print">
      ${sides("rows", q, q.rows)} ${sides("columns", q, q.columns)} ${pictureButton(q)}
    </footer>`}
    ${pictureOf(q)}
  </article>`;
}

function sides(what, q, size) {
  return html`<span class="sides" role="group" aria-label="${q.quantity}: ${w("grid." + what)}">
    <button title=${w(`grid.${what}.remove`)} aria-label=${w(`grid.${what}.remove`)} ?disabled=${size < 2}
      @click=${() => edit(what, q.quantity, "-" + (size - 1))}>−</button>
    <span aria-hidden="true">${w("grid." + what)}</span>
    <button title=${w(`grid.${what}.add`)} aria-label=${w(`grid.${what}.add`)}
      @click=${() => edit(what, q.quantity, "+" + size)}>+</button>
  </span>`;
}

/** What was typed and not taken, with the reason; the sheet goes on with the old value. */
function refused(q) {
  const own = Object.entries(state.refusals).filter(([k]) => k === q.quantity || k.startsWith(q.quantity + "/"));
  return html`<div id="refused-${q.quantity}" class="refused" aria-live="polite">
    ${own.map(([k, r]) => {
      const [, row, column] = k.split("/");
      const where = row === undefined ? q.quantity : w("grid.cell", q.quantity, Number(row) + 1, Number(column) + 1);
      return html`<p><b>${where}</b> <q>${r.typed}</q> — ${r.text}</p>`;
    })}
  </div>`;
}
