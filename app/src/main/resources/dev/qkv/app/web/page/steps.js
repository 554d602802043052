// The derivation in the paper's order: formula, reason, numbers, and what the note claims of them.

import { html, nothing } from "./lit-html/lit-html.js";
import { repeat } from "./lit-html/directives/repeat.js";
import { bars, hasBars } from "./bars.js";
import { claimsOf, marksOf } from "./claims.js";
import { grid } from "./grid.js";
import { markup } from "./markup.js";
import { pictureButton, pictureOf } from "./pictures.js";
import { change, state } from "./state.js";
import { verification } from "./verification.js";
import { w } from "./words.js";

export function steps() {
  const { sheet } = state;
  return html`<section aria-labelledby="steps-title" class="steps">
    <header class="bar">
      <h2 id="steps-title">${w("steps.title")}</h2>
      <label class="push no-print">
        <input type="checkbox" .checked=${state.decimals} @change=${(e) => change({ decimals: e.target.checked })} />
        ${w("steps.decimals")}
      </label>
    </header>
    ${sheet.steps.length === 0 ? html`<p class="hint">${w("steps.none")}</p>` : nothing}
    <ol class="list">
      ${repeat(sheet.steps, (q) => `${state.index} ${q.quantity}`, (q, i) => html`<li>${step(q, i)}</li>`)}
    </ol>
    ${sheet.steps.length === 0 ? nothing : verification()}
  </section>`;
}

/** One step; a number alone takes one line. */
export function step(q, i) {
  const asked = state.sheet.goals.includes(q.quantity);
  const single = q.rows === 1 && q.columns === 1;
  return html`<article class="step ${single ? "short" : ""}" id="step-${q.quantity}" aria-labelledby="title-${q.quantity}">
    <header>
      <span class="number" aria-hidden="true">${i + 1}</span>
      <h3 id="title-${q.quantity}"><span class="symbol">${markup(q.symbol)}</span> ${q.name}</h3>
      ${asked ? html`<span class="asked">${w("steps.asked")}</span>` : nothing}
      ${single ? nothing : html`<span class="shape">${q.rows} × ${q.columns}</span>`}
    </header>
    <div class="words">
      <div class="formula scroll">${markup(q.formula)}</div>
      <p class="why">${q.why}</p>
    </div>
    <div class="result">
      ${grid(q, { marks: marksOf(q) })}
      ${hasBars(q) ? bars(q) : nothing}
      <div class="tools no-print">${pictureButton(q)}</div>
      ${pictureOf(q)}
    </div>
    ${claimsOf(q.quantity)}
  </article>`;
}
