// The page as a whole.

import { html, nothing } from "./lit-html/lit-html.js";
import { otherClaims } from "./claims.js";
import { contents, verdict } from "./contents.js";
import { explanation } from "./explanation.js";
import { givens } from "./givens.js";
import { graph } from "./graph.js";
import { knobs } from "./knobs.js";
import { opening } from "./opening.js";
import { finding, source } from "./source.js";
import { change, state } from "./state.js";
import { steps } from "./steps.js";
import { toolbar } from "./toolbar.js";
import { walk } from "./walk.js";
import { w } from "./words.js";

export function page() {
  return html`${toolbar()} ${state.note ? workspace() : opening()}`;
}

function workspace() {
  return html`<div class="workspace">
      ${contents()}
      <main>${state.sheet ? exercise() : empty()}</main>
      <aside class="side" aria-label=${w("source.title")}>${source()}</aside>
    </div>
    ${state.sheet ? explanation() : nothing}`;
}

function empty() {
  return state.note.exercises.length === 0 && !state.busy
    ? html`<h1>${w("source.none")}</h1>${state.note.issues.map(finding)}<p>${w("source.advice")}</p>`
    : html`<p class="hint">${w("opening.reading")}</p>`;
}

function exercise() {
  const { sheet } = state;
  return html`<header class="exercise-head">
      <h1><span class="id">${sheet.id}</span> ${sheet.title}</h1>
      <p class="verdict">${verdict(state.audits[state.index])}</p>
      ${sheet.prose ? html`<p class="prose">${sheet.prose}</p>` : nothing}
      ${sheet.issues.map(finding)}
    </header>
    <div class="views no-print" role="group" aria-label=${w("view.title")}>
      ${["sheet", "walk", "graph"].map((v) => html`<button aria-pressed=${v === state.view} @click=${() => change({ view: v })}>${w("view." + v)}</button>`)}
    </div>
    ${knobs()} ${view()}`;
}

function view() {
  switch (state.view) {
    case "walk":
      return walk();
    case "graph":
      return graph();
    default:
      return html`${givens()} ${steps()} ${otherClaims()}`;
  }
}
