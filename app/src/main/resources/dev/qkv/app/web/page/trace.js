// Where a number comes from: the cell that is pointed at or has the focus, its sources lit up.

import { elementsOf, goTo, placeOf } from "./cells.js";
import { call } from "./sheet.js";
import { change, isGiven, place, quantity, say, state } from "./state.js";
import { trying } from "./trouble.js";

const REST = 60; // ms that a pointer rests before it asks
const ROOM = 500;

const answers = new Map();
let pinned = null;
let asked = 0;

export function forget() {
  pinned = null;
  asked++;
  change({ trace: null, trail: [] });
}

const same = (a, b) => a && b && a.quantity === b.quantity && a.row === b.row && a.column === b.column;

/** Explains a cell; what was lit before goes out. */
async function explain(at) {
  const turn = ++asked;
  const q = at && quantity(at.quantity);
  if (!q || at.row >= q.rows || at.column >= q.columns) {
    change({ trace: null });
    return;
  }
  if (isGiven(at.quantity)) {
    change({ trace: { at, cell: null } });
    return;
  }
  await trying(async () => {
    const cell = await answer(at);
    if (turn === asked) {
      change({ trace: { at, cell } });
      if (same(at, pinned)) {
        say(cell.text);
      }
    }
  });
}

async function answer({ quantity: name, row, column }) {
  const strings = [...place(), name, String(row), String(column)];
  const question = JSON.stringify(strings);
  if (!answers.has(question)) {
    const cell = await call("cell", ...strings);
    if (answers.size >= ROOM) {
      answers.clear();
    }
    answers.set(question, cell);
  }
  return answers.get(question);
}

/** After an edit: the same cell, with its new numbers. */
export function refresh() {
  if (state.trace) {
    explain(state.trace.at);
  }
}

function pin(at) {
  if (same(at, pinned) && same(at, state.trace?.at)) {
    return;
  }
  pinned = at;
  explain(at);
}

/** To a source, and the way back is kept. */
export function follow(source) {
  const from = state.trace?.at;
  const trail = from ? [...state.trail, from] : state.trail;
  change({ trail });
  reach(source);
}

export function back() {
  const at = state.trail.at(-1);
  if (at) {
    change({ trail: state.trail.slice(0, -1) });
    reach(at);
  }
}

function reach(at) {
  if (goTo(at)) {
    return;
  }
  const step = state.sheet.steps.findIndex((s) => s.quantity === at.quantity);
  const view = state.view === "walk" && step >= 0 ? { step } : { view: "sheet" };
  change(view, () => goTo(at) || pin(at));
}

/** Marks the explained cell and its sources where they are. */
export function light() {
  for (const element of document.querySelectorAll("[data-lit]")) {
    delete element.dataset.lit;
  }
  if (!state.trace) {
    return;
  }
  for (const source of state.trace.cell?.sources ?? []) {
    elementsOf(source).forEach((e) => (e.dataset.lit = "source"));
  }
  elementsOf(state.trace.at).forEach((e) => (e.dataset.lit = "here"));
}

let resting;

export function watch(root) {
  root.addEventListener("focusin", (e) => {
    const at = placeOf(e.target);
    if (at) {
      pin(at);
    }
  });
  root.addEventListener("pointerover", (e) => {
    if (e.pointerType === "touch") {
      return;
    }
    const at = placeOf(e.target);
    clearTimeout(resting);
    if (at && !same(at, state.trace?.at)) {
      resting = setTimeout(() => explain(at), REST);
    } else if (!at && pinned && !same(pinned, state.trace?.at)) {
      resting = setTimeout(() => explain(pinned), REST);
    }
  });
}
