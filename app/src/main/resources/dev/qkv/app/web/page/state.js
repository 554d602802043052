// What the page knows. Every change is drawn, once for all that change together.

const usualLanguage = navigator.language?.toLowerCase().startsWith("zh") ? "zh" : "en";

export const state = {
  language: usualLanguage,
  theme: "system", // system, light or dark
  examples: [],
  note: null, // {name, text, shown, exercises, issues}: text is the user's, shown has the lines that are counted
  index: 0,
  blocks: {}, // by exercise: its givens and choices after edits
  undo: {}, // by exercise: the blocks before
  sheet: null,
  audits: [], // by exercise; undefined where none has come yet
  refusals: {}, // by place: {typed, text}
  added: "", // the name of the given that was last added by hand
  view: "sheet", // sheet, walk or graph
  step: 0, // of the walk
  more: null, // whether the rarer choices are open; null where nobody has said
  large: new Set(), // the big grids that are unfolded
  work: {}, // by exercise and its block: what a learner filled in, by quantity: {cells, hint, at, traced}
  mistakes: {}, // the comparisons that are open
  verified: null, // {of, lines}: the last comparison of the evaluations
  decimals: false,
  pictures: {}, // by quantity: the SVG text, where it is open
  trace: null, // {at, cell}: the cell that is explained
  trail: [], // the cells that one came from
  line: 0, // the line of the note that is pointed at
  noteOpen: matchMedia("(min-width: 1240px)").matches,
  paste: "",
  busy: false,
  arriving: false, // whether a note is on its way that came with the page
  trouble: "",
  done: null, // {menu, text}: what the last command of a menu did
};

let draw = () => {};
let afterwards = [];
let planned = false;

export function drawnBy(drawer) {
  draw = drawer;
}

export function change(patch, then) {
  Object.assign(state, patch);
  if (then) {
    afterwards.push(then);
  }
  if (!planned) {
    planned = true;
    queueMicrotask(() => {
      planned = false;
      draw();
      const ready = afterwards;
      afterwards = [];
      ready.forEach((f) => f());
    });
  }
}

/** All quantities of the exercise, givens first. */
export function quantities() {
  return state.sheet ? [...state.sheet.givens, ...state.sheet.steps] : [];
}

export function quantity(name) {
  return quantities().find((q) => q.quantity === name);
}

export function isGiven(name) {
  return Boolean(state.sheet?.givens.some((q) => q.quantity === name));
}

/** The arguments that every call about the exercise begins with. */
export function place(index = state.index) {
  return [state.language, state.note.name, state.note.text, String(index), state.blocks[index] ?? ""];
}

/** Says something to those who listen instead of looking. */
export function say(text) {
  document.getElementById("said").textContent = text;
}
