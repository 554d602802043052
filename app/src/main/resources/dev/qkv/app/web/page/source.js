// The note itself, with the numbers of its lines and what was found at them.

import { html } from "./lit-html/lit-html.js";
import { show } from "./cells.js";
import { glyph } from "./grid.js";
import { change, state } from "./state.js";
import { w } from "./words.js";

export function source() {
  const lines = state.note.shown.replace(/\n$/, "").split("\n");
  const found = findings();
  const claims = claimsByLine();
  return html`<details class="source" ?open=${state.noteOpen} @toggle=${(e) => change({ noteOpen: e.target.open })}>
    <summary><h2>${w("source.title")}</h2> <span class="hint">${state.note.name}</span></summary>
    <ol class="lines" tabindex="0" aria-label=${w("source.title")}>
      ${lines.map((text, i) => line(text, i + 1, found.get(i + 1) ?? [], claims.get(i + 1) ?? []))}
    </ol>
    ${(found.get(0) ?? []).map(finding)}
  </details>`;
}

function line(text, number, issues, claims) {
  const here = number === state.line ? "here" : "";
  return html`<li id="line-${number}" class="${here} ${issues.length > 0 ? "marked" : ""}">
    <span class="no" aria-hidden="true">${number}</span>
    <span class="text">${text || "\u00a0"}</span>
    <span class="verdicts">${claims.map(glyph)}</span>
    ${issues.map(finding)}
  </li>`;
}

export function finding(issue) {
  return html`<p class="issue ${issue.kind}"><b>${w("issue." + issue.kind)}</b> ${issue.text}</p>`;
}

/** What was said of the note, and of its exercises; each once. */
function findings() {
  const all = [...state.note.issues, ...state.audits.flatMap((a) => a?.issues ?? [])];
  const once = new Map(all.map((i) => [`${i.line} ${i.kind} ${i.text}`, i]));
  return grouped([...once.values()], (i) => i.line ?? 0);
}

function claimsByLine() {
  return grouped(state.audits.flatMap((a) => a?.claims ?? []), (c) => c.line);
}

function grouped(items, keyOf) {
  const groups = new Map();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}

/** Shows a line of the note. */
export function pointAt(number) {
  change({ line: number, noteOpen: true }, () => {
    const element = document.getElementById("line-" + number);
    if (element && matchMedia("(min-width: 1240px)").matches) {
      const list = element.parentElement;
      list.scrollTo({ top: element.offsetTop - list.clientHeight / 2 });
    } else if (element) {
      show(element);
    }
  });
}
