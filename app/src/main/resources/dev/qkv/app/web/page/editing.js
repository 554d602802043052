// Changes are sent one after the other, each upon the answer to the one before; of several for one
// place that wait, only the newest is sent.

import { calm, key } from "./cells.js";
import { auditSoon } from "./note.js";
import { openPictures } from "./pictures.js";
import { call } from "./sheet.js";
import { change, place, quantity, say, state } from "./state.js";
import { refresh } from "./trace.js";
import { trying } from "./trouble.js";
import { w } from "./words.js";

const LASTING = 50;
const SETTLED = new Set(["cell", "choice"]);

let queue = [];
let busy = false;

/** Where a change happens; what was refused is shown there. */
function placeOfChange(words) {
  switch (words[0]) {
    case "cell":
      return key(words[1], words[2], words[3]);
    case "choice":
      return "choice " + words[1];
    default:
      return words[1];
  }
}

export function edit(...words) {
  const index = state.index;
  const same = (other) => other.index === index && placeOfChange(other.words) === placeOfChange(words);
  for (let i = queue.length - 1; i >= 0 && SETTLED.has(queue[i].words[0]); i--) {
    if (SETTLED.has(words[0]) && same(queue[i])) {
      queue[i] = { index, words };
      return;
    }
  }
  queue.push({ index, words });
  if (!busy) {
    work();
  }
}

async function work() {
  busy = true;
  await trying(async () => {
    while (queue.length > 0) {
      const { index, words } = queue.shift();
      if (index === state.index && state.note) {
        settle(index, words, await call("edit", ...place(index), ...words));
      }
    }
  });
  queue = [];
  busy = false;
}

function settle(index, words, answer) {
  if (index !== state.index || !state.sheet) {
    return;
  }
  const refusals = without(words);
  if (answer.refused) {
    refusals[placeOfChange(words)] = { typed: words.at(-1), text: answer.refused.text };
    change({ refusals });
    say(answer.refused.text);
    return;
  }
  const before = state.blocks[index] ?? "";
  const undo = [...(state.undo[index] ?? []), before].slice(-LASTING);
  take(index, answer, answer.block, { refusals, undo: { ...state.undo, [index]: undo } });
}

/** What stays refused: not what has just been tried again, nor what lies in a grid with another shape. */
function without(words) {
  const refusals = { ...state.refusals };
  delete refusals[placeOfChange(words)];
  if (words[0] !== "choice") {
    delete refusals[words[1]];
    if (words[0] !== "cell") {
      Object.keys(refusals)
        .filter((k) => k.startsWith(words[1] + "/"))
        .forEach((k) => delete refusals[k]);
    }
  }
  return refusals;
}

function take(index, sheet, block, patch) {
  const changed = differences(state.sheet, sheet);
  change({ ...patch, sheet, blocks: { ...state.blocks, [index]: block } }, () => flash(changed));
  say(w("said.changed", changed.length));
  refresh();
  openPictures();
  auditSoon();
}

/** Back to the block before, or to the note's own. */
export async function undo(all = false) {
  const index = state.index;
  const blocks = state.undo[index] ?? [];
  if (!all && blocks.length === 0) {
    return;
  }
  const block = all ? "" : blocks.at(-1) ?? "";
  await trying(async () => {
    const [language, name, text, at] = place(index);
    const sheet = await call("sheet", language, name, text, at, block);
    if (index === state.index) {
      const rest = all ? [...blocks, state.blocks[index] ?? ""] : blocks.slice(0, -1);
      take(index, sheet, block, { refusals: {}, undo: { ...state.undo, [index]: rest } });
    }
  });
}

/** Takes a refused text away again. */
export function restore(at) {
  if (state.refusals[at]) {
    const refusals = { ...state.refusals };
    delete refusals[at];
    change({ refusals });
  }
}

function differences(before, after) {
  const old = new Map([...(before?.givens ?? []), ...(before?.steps ?? [])].map((q) => [q.quantity, q]));
  const changed = [];
  for (const q of [...after.givens, ...after.steps]) {
    const was = old.get(q.quantity);
    q.shown.forEach((row, i) =>
      row.forEach((cell, j) => {
        if (was?.shown[i]?.[j] !== cell) {
          changed.push({ quantity: q.quantity, row: i, column: j });
        }
      }),
    );
  }
  return changed;
}

const MANY = 300;

function flash(changed) {
  if (calm() || changed.length > MANY) {
    return;
  }
  const keys = new Set(changed.map((at) => key(at.quantity, at.row, at.column)));
  for (const element of document.querySelectorAll("td[data-cell]")) {
    if (keys.has(element.dataset.cell)) {
      element.animate([{ backgroundColor: "var(--flash)" }, {}], { duration: 600, easing: "ease-out" });
    }
  }
}

/** The written numbers of a given with some of them replaced, as one would paste them. */
export function written(name, replace = (text) => text) {
  return quantity(name).written.map((row, i) => row.map((text, j) => replace(text, i, j)));
}
