// The page as a whole.

import { html, nothing } from "./lit-html/lit-html.js";
import { otherClaims } from "./claims.js";
import { contents, verdict } from "./contents.js";
import { explanation } from "./explanation.js";
import { adding, givens } from "./givens.js";
import { graph } from "./graph.js";
import { knobs } from "./knobs.js";
import { opening } from "./opening.js";
import { practice } from "./practice.js";
import { finding, source } from "./source.js";
import { change, state } from "./state.js";
import { steps } from "./steps.js";
import { toolbar } from "./toolbar.js";
import { walk } from "./walk.js";
import { w } from "./words.js";

const LONG = 600;

export function page() {
  return html`${toolbar()} ${state.note ? workspace() : state.arriving ? arriving() : opening()}`;
}

function arriving() {
  return html`<main class="opening"><p class="hint">${w("opening.reading")}</p></main>`;
}

function workspace() {
  return html`<div class="workspace">
      ${contents()}
      <main>${state.sheet ? exercise() : empty()}</main>
      ${state.view === "practice" ? nothing : html`<aside class="side" aria-label=${w("source.title")}>${source()}</aside>`}
    </div>
    ${state.sheet && state.view !== "practice" ? explanation() : nothing}`;
}

function empty() {
  return state.note.exercises.length === 0 && !state.busy
    ? html`<h1>${w("source.none")}</h1>${state.note.issues.map(finding)}<p>${w("source.advice")}</p>`
    : html`<p class="hint">${w("opening.reading")}</p>`;
}

function exercise() {
  const { sheet } = state;
  const whole = state.view === "sheet";
  return html`<header class="exercise-head">
      <h1><span class="id">${sheet.id}</span> ${sheet.title}</h1>
      <p class="verdict">${verdict(state.audits[state.index])}</p>
      ${whole ? html`${prose(sheet.prose)} ${sheet.issues.map(finding)}` : nothing}
    </header>
    ${sheet.givens.length === 0 && sheet.steps.length === 0 ? html`${adding()} ${otherClaims()}` : worked(whole)}`;
}

/** A long question is folded: it stands in the note as well. */
function prose(text) {
  const words = text.replace(/^#+ .*\n*/, "");
  if (!words) {
    return nothing;
  }
  const paragraph = html`<p class="prose">${words}</p>`;
  return words.length > LONG ? html`<details><summary class="hint">${w("prose.long")}</summary>${paragraph}</details>` : paragraph;
}

function worked(whole) {
  return html`<div class="views no-print" role="group" aria-label=${w("view.title")}>
      ${["sheet", "walk", "graph", "practice"].map((v) => html`<button aria-pressed=${v === state.view} @click=${() => change({ view: v })}>${w("view." + v)}</button>`)}
    </div>
    ${whole ? knobs() : nothing} ${view()}`;
}

function view() {
  switch (state.view) {
    case "walk":
      return walk();
    case "graph":
      return graph();
    case "practice":
      return practice();
    default:
      return html`${givens()} ${steps()} ${otherClaims()}`;
  }
}
