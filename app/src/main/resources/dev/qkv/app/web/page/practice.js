// The results are hidden and the learner fills them in: each number is judged as an answer in a
// note would be, an early mistake is carried on, and hints come one at a time.

import { html, nothing } from "./lit-html/lit-html.js";
import { glyph, grid } from "./grid.js";
import { markup } from "./markup.js";
import { trying } from "./trouble.js";
import { call } from "./sheet.js";
import { change, place, say, state } from "./state.js";
import { w } from "./words.js";

const HINTS = ["formula", "numbers", "arithmetic", "answer"];
const GOOD = new Set(["right", "carried"]);

/** What is filled in: all that follows from numbers, but for sizes and the like. */
const blanks = () => state.sheet.steps.filter((q) => q.inputs.length > 0 && q.kind !== "plain");

/** What was filled in belongs to the numbers that were given then. */
const now = () => `${state.index} ${state.blocks[state.index] ?? ""}`;

const mine = () => state.work[now()] ?? {};

const cellsOf = (name) => mine()[name]?.cells ?? {};

function keep(name, patch) {
  const all = mine();
  change({ work: { ...state.work, [now()]: { ...all, [name]: { ...all[name], ...patch } } } });
}

export function practice() {
  const steps = blanks();
  if (steps.length === 0) {
    return html`<p class="hint">${w("steps.none")}</p>`;
  }
  const total = steps.reduce((sum, q) => sum + q.rows * q.columns, 0);
  const good = steps.flatMap((q) => Object.values(cellsOf(q.quantity))).filter((c) => GOOD.has(c.outcome)).length;
  return html`<section class="practice" aria-label=${w("view.practice")}>
    <header class="bar">
      <p class="hint">${w("practice.lead")}</p>
      <span class="push row no-print">
        <span>${w("practice.score", good, total)}</span>
        <button ?disabled=${Object.keys(mine()).length === 0} @click=${again}>${w("practice.again")}</button>
      </span>
    </header>
    <progress max=${total} value=${good} aria-label=${w("practice.score", good, total)}></progress>
    <div class="cards">
      ${state.sheet.givens.map(
        (q) => html`<article class="card" aria-label="${q.quantity}, ${q.name}">
          <header><h3><span class="symbol">${markup(q.symbol)}</span> ${q.name}</h3></header>
          ${grid(q)}
        </article>`,
      )}
    </div>
    <ol class="list">${steps.map((q) => html`<li>${task(q)}</li>`)}</ol>
  </section>`;
}

function again() {
  change({ work: { ...state.work, [now()]: {} } });
}

function task(q) {
  return html`<article class="card" aria-labelledby="task-${q.quantity}">
    <header>
      <h3 id="task-${q.quantity}"><span class="symbol">${markup(q.symbol)}</span> ${q.name}</h3>
      <span class="shape">${q.rows} × ${q.columns}</span>
    </header>
    <div class="scroll"><table class="blanks" aria-label="${q.quantity}, ${q.name}"><tbody>
      ${q.shown.map(
        (row, i) => html`<tr>
          <th scope="row">${i + 1}</th>
          ${row.map((_, j) => html`<td data-outcome=${cellsOf(q.quantity)[`${i}/${j}`]?.outcome ?? nothing}>${blank(q, i, j)}</td>`)}
        </tr>`,
      )}
    </tbody></table></div>
    <div aria-live="polite">${remarks(q)}</div>
    ${hints(q)}
  </article>`;
}

function blank(q, i, j) {
  const cell = cellsOf(q.quantity)[`${i}/${j}`];
  return html`<input type="text" size="7" autocomplete="off" autocapitalize="off" spellcheck="false"
      aria-label=${w("grid.cell", q.quantity, i + 1, j + 1)}
      aria-invalid=${cell && !GOOD.has(cell.outcome) ? "true" : nothing}
      .value=${cell?.typed ?? ""}
      @focus=${() => keep(q.quantity, { at: [i, j] })}
      @change=${(e) => judge(q, i, j, e.target.value.trim())} />
    ${cell ? glyph(cell) : nothing}`;
}

function judge(q, i, j, typed) {
  const at = `${i}/${j}`;
  if (typed === "") {
    const { [at]: _, ...others } = cellsOf(q.quantity);
    keep(q.quantity, { cells: others });
    return;
  }
  const of = now();
  trying(async () => {
    const judged = await call("judge", ...place(), `${q.quantity}[${i + 1}, ${j + 1}]`, typed, earlier(q));
    if (of === now()) {
      const { outcome, notes, cells } = judged;
      const mistakes = cells.flatMap((c) => c.mistakes);
      keep(q.quantity, { cells: { ...cellsOf(q.quantity), [at]: { typed, outcome, notes, mistakes } } });
      say([w("outcome." + outcome), ...notes].join(" "));
    }
  });
}

/** The learner's own results before a quantity; what is still blank there is right. */
function earlier(q) {
  const lines = [];
  for (const step of blanks()) {
    if (step.quantity === q.quantity) {
      break;
    }
    const own = cellsOf(step.quantity);
    if (Object.values(own).some((c) => c.outcome !== "unreadable")) {
      const number = (shown, at) => (own[at] && own[at].outcome !== "unreadable" ? own[at].typed : shown);
      const rows = step.shown.map((row, i) => row.map((shown, j) => number(shown, `${i}/${j}`)).join(", "));
      lines.push(`${step.quantity} = [${rows.join("; ")}]`);
    }
  }
  return lines.join("\n");
}

/** What is said of the cells of a quantity, each thing once. */
function remarks(q) {
  const cells = Object.values(cellsOf(q.quantity));
  const mistakes = new Map(cells.flatMap((c) => c.mistakes).map((m) => [m.code, m]));
  const notes = new Set(cells.flatMap((c) => c.notes));
  return html`${[...notes].map((note) => html`<p class="hint">${note}</p>`)}
    ${[...mistakes.values()].map((m) => html`<p class="mistake"><b>${m.name}</b> <code>${m.code}</code><br />${m.hint}</p>`)}`;
}

function hints(q) {
  const { hint = 0, at = [0, 0], traced } = mine()[q.quantity] ?? {};
  const where = `${q.quantity}[${at[0] + 1}, ${at[1] + 1}]`;
  const current = traced && traced.row === at[0] && traced.column === at[1] ? traced : null;
  return html`<div class="hints">
    <button class="no-print" ?disabled=${hint >= HINTS.length && current} @click=${() => next(q, at, current ? hint : 0)}>
      ${w("practice.hint", current ? Math.min(hint + 1, HINTS.length) : 1, HINTS.length)}
    </button>
    ${current ? html`<p class="small">${where}</p>${HINTS.slice(0, hint).map((kind, i) => html`<div class="scroll" tabindex="0" role="group" aria-label=${w("practice.hint", i + 1, HINTS.length)}>${hintOf(kind, q, current)}</div>`)}` : nothing}
  </div>`;
}

function hintOf(kind, q, traced) {
  switch (kind) {
    case "formula":
      return markup(q.formula);
    case "numbers":
      return html`<p>${traced.sources.map((s) => `${s.quantity}[${s.row + 1}, ${s.column + 1}] = ${s.shown}`).join(",  ")}</p>`;
    case "arithmetic":
      return markup(traced.expression);
    default:
      return markup(traced.arithmetic);
  }
}

function next(q, [i, j], hint) {
  trying(async () => {
    const traced = await call("cell", ...place(), q.quantity, String(i), String(j));
    keep(q.quantity, { hint: hint + 1, at: [i, j], traced });
  });
}
