// The keyboard in grids: one cell of each grid can be reached by Tab, arrows move from there.

import { focusable, goTo, key, placeOf } from "./cells.js";
import { restore, undo } from "./editing.js";
import { quantity, state } from "./state.js";
import { back } from "./trace.js";

const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

let typing = false;

/** Within a field that is being typed in, left and right belong to the text. */
export function watchKeys(root) {
  root.addEventListener("focusin", (e) => {
    typing = false;
    if (placeOf(e.target)) {
      rove(e.target);
      if (e.target.matches("input")) {
        e.target.select();
      }
    }
  });
  root.addEventListener("input", () => (typing = true));
  root.addEventListener("pointerdown", (e) => (typing = e.target === document.activeElement || typing));
  root.addEventListener("keydown", (e) => {
    if ((e.ctrlKey || e.metaKey) && e.key === "z" && !e.target.matches("input, textarea")) {
      e.preventDefault();
      undo();
      return;
    }
    if (e.target.closest(".explanation")) {
      leave(e);
      return;
    }
    const at = placeOf(e.target);
    if (at && !e.isComposing && !e.ctrlKey && !e.metaKey && !e.altKey && press(e, at)) {
      e.preventDefault();
    }
  });
}

function press(e, at) {
  const field = e.target.matches("input") ? e.target : null;
  const q = quantity(at.quantity);
  switch (e.key) {
    case "ArrowUp":
    case "ArrowDown":
      return go(at, MOVES[e.key]);
    case "ArrowLeft":
    case "ArrowRight":
      return field && typing ? false : go(at, MOVES[e.key]);
    case "Enter":
      if (!field) {
        document.querySelector(".sources button")?.focus();
      } else if (!goTo({ ...at, row: at.row + (e.shiftKey ? -1 : 1) }, "nearest")) {
        field.dispatchEvent(new Event("change", { bubbles: true }));
        typing = false;
        field.select();
      }
      return true;
    case "Tab":
      return Boolean(field) && onwards(q, at, e.shiftKey ? -1 : 1);
    case "F2":
      typing = true;
      field?.setSelectionRange(field.value.length, field.value.length);
      return Boolean(field);
    case "Escape":
      if (field) {
        field.value = q.written[at.row][at.column];
        restore(key(at.quantity, at.row, at.column));
        typing = false;
        field.select();
      }
      return Boolean(field);
    case "Home":
      return field && typing ? false : goTo({ ...at, column: 0 }, "nearest");
    case "End":
      return field && typing ? false : goTo({ ...at, column: q.columns - 1 }, "nearest");
    case "Backspace":
      if (!field) {
        back();
      }
      return !field;
    default:
      return false;
  }
}

/** From the sources back to the cell, or to the one before. */
function leave(e) {
  if (e.key === "Escape" && state.trace) {
    goTo(state.trace.at, "nearest");
  } else if (e.key === "Backspace") {
    back();
  }
}

function go(at, [down, right]) {
  goTo({ ...at, row: at.row + down, column: at.column + right }, "nearest");
  return true;
}

/** Through the grid in reading order; behind its last cell Tab is the browser's. */
function onwards(q, at, step) {
  const next = at.row * q.columns + at.column + step;
  if (next < 0 || next >= q.rows * q.columns) {
    return false;
  }
  return goTo({ ...at, row: Math.floor(next / q.columns), column: next % q.columns }, "nearest");
}

function rove(element) {
  const grid = element.closest("[role=grid]");
  grid?.querySelectorAll("[tabindex='0']").forEach((e) => e.setAttribute("tabindex", "-1"));
  element.setAttribute("tabindex", "0");
}

/** A grid that has lost its cell with the focus order gets another. */
export function mend() {
  for (const grid of document.querySelectorAll("[role=grid]")) {
    if (!grid.querySelector("[tabindex='0']")) {
      const first = grid.querySelector("[data-cell]");
      if (first) {
        focusable(first).setAttribute("tabindex", "0");
      }
    }
  }
}
