// A note is read, its exercises are chosen and audited.

import { call } from "./sheet.js";
import { change, place, say, state } from "./state.js";
import { forget } from "./trace.js";
import { trying } from "./trouble.js";
import { w } from "./words.js";

const LARGEST = 200_000; // bytes; the server takes a little more in one piece
const TEXTUAL = /\.(md|markdown|txt|tex|html?|csv|tsv|ipynb|py)$/i;

let reading = 0;

/** Opens a note; its name decides how it is read. */
export async function open(name, text, { index = 0, blocks = {} } = {}) {
  if (new Blob([text]).size > LARGEST) {
    change({ trouble: w("trouble.large") });
    return;
  }
  const turn = ++reading;
  change({ busy: true, trouble: "" });
  await trying(async () => {
    const read = await call("read", state.language, name, text);
    if (turn !== reading) {
      return;
    }
    const count = read.exercises.length;
    forget();
    change({
      busy: false,
      note: { name, text, shown: read.text || text, exercises: read.exercises, issues: read.issues },
      blocks,
      undo: {},
      audits: new Array(count).fill(undefined),
      sheet: null,
      refusals: {},
      work: {},
      mistakes: {},
      verified: null,
      pictures: {},
      line: 0,
    });
    say(w("said.read", count));
    if (count > 0) {
      await choose(Math.min(index, count - 1));
      auditAll(turn);
    }
  });
}

export async function openFile(file) {
  if (/\.pdf$/i.test(file.name) || file.type === "application/pdf") {
    change({ trouble: w("trouble.pdf") });
  } else if (!TEXTUAL.test(file.name) && !file.type.startsWith("text/")) {
    change({ trouble: w("trouble.format", file.name) });
  } else {
    await open(file.name, await file.text());
  }
}

export function close() {
  reading++;
  forget();
  change({ note: null, sheet: null, blocks: {}, audits: [], pictures: {}, trouble: "", busy: false });
}

export async function choose(index) {
  forget();
  change({ index, sheet: null, refusals: {}, pictures: {}, step: 0, more: null, large: new Set(), done: null });
  await trying(async () => {
    const sheet = await call("sheet", ...place(index));
    if (state.index === index) {
      change({ sheet });
    }
  });
}

/** The same note in another language. */
export async function again() {
  if (state.note) {
    await open(state.note.name, state.note.text, { index: state.index, blocks: state.blocks });
  }
}

/** One exercise after the other, the one that is looked at first. */
async function auditAll(turn) {
  await trying(async () => {
    for (;;) {
      const missing = (i) => state.audits[i] === undefined;
      const next = missing(state.index) ? state.index : state.audits.findIndex((a) => a === undefined);
      if (next < 0 || turn !== reading) {
        return;
      }
      const audit = await call("audit", ...place(next));
      if (turn === reading) {
        keep(next, audit);
      }
    }
  });
}

let auditing = 0;

/** The claims of an exercise that was changed, once it rests. */
export function auditSoon() {
  const turn = ++auditing;
  const index = state.index;
  const note = reading;
  setTimeout(() => {
    if (turn !== auditing || note !== reading) {
      return;
    }
    trying(async () => {
      const audit = await call("audit", ...place(index));
      if (turn === auditing && note === reading) {
        keep(index, audit);
      }
    });
  }, 500);
}

function keep(index, audit) {
  const audits = [...state.audits];
  audits[index] = audit;
  change({ audits });
}
