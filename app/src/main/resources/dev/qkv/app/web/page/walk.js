// One step at a time, with what goes into it beside it.

import { html, nothing } from "./lit-html/lit-html.js";
import { grid } from "./grid.js";
import { markup } from "./markup.js";
import { change, quantity, say, state } from "./state.js";
import { step } from "./steps.js";
import { w } from "./words.js";

export function walk() {
  const { steps } = state.sheet;
  const at = Math.min(state.step, steps.length - 1);
  if (at < 0) {
    return html`<p class="hint">${w("steps.none")}</p>`;
  }
  const inputs = steps[at].inputs.map(quantity).filter(Boolean);
  return html`<section class="walk" aria-label=${w("view.walk")}>
    <header class="bar">
      <h2>${w("walk.place", at + 1, steps.length)}</h2>
      <p class="hint no-print">${w("walk.hint")}</p>
      <span class="push no-print">
        <button ?disabled=${at === 0} @click=${() => go(-1)}>← ${w("walk.before")}</button>
        <button class="main" ?disabled=${at === steps.length - 1} @click=${() => go(1)}>${w("walk.next")} →</button>
      </span>
    </header>
    <progress max=${steps.length} value=${at + 1} aria-label=${w("walk.place", at + 1, steps.length)}></progress>
    ${step(steps[at], at)}
    ${inputs.length === 0 ? nothing : html`<h3 class="small">${w("walk.inputs")}</h3>
      <div class="cards">${inputs.map((q) => html`<article class="card" aria-label="${q.quantity}, ${q.name}">
        <header><h4><span class="symbol">${markup(q.symbol)}</span> ${q.name}</h4></header>
        ${grid(q)}
      </article>`)}</div>`}
  </section>`;
}

function go(by) {
  const last = state.sheet.steps.length - 1;
  const step = Math.max(0, Math.min(last, Math.min(state.step, last) + by));
  change({ step }, () => document.querySelector(".walk").scrollIntoView({ block: "nearest" }));
  say(`${w("walk.place", step + 1, last + 1)}: ${state.sheet.steps[step].name}`);
}

/** Space and arrows walk on, unless they belong to what has the focus. */
export function watchWalk(root) {
  root.addEventListener("keydown", (e) => {
    if (state.view !== "walk" || !state.sheet || e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey) {
      return;
    }
    const own = e.key === " " ? "button, summary, " : "";
    if (e.target.closest?.(own + "input, select, textarea, .lines, [role=grid]")) {
      return;
    }
    const by = { " ": e.shiftKey ? -1 : 1, ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1 }[e.key];
    if (by) {
      e.preventDefault();
      go(by);
    }
  });
}
