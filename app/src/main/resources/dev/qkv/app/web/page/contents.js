// The exercises of the note with their verdicts.

import { html, nothing } from "./lit-html/lit-html.js";
import { choose } from "./note.js";
import { pointAt } from "./source.js";
import { state } from "./state.js";
import { w } from "./words.js";

export function contents() {
  return html`<nav class="contents no-print" aria-labelledby="contents-title">
    <h2 id="contents-title">${w("contents.title")} <span class="count">${state.note.exercises.length}</span></h2>
    <ol>
      ${state.note.exercises.map(
        (e, i) => html`<li>
          <button class="exercise" aria-current=${i === state.index ? "true" : nothing} @click=${() => visit(e, i)}>
            <span class="title"><span class="id">${e.id}</span> ${e.title}</span>
            <span class="verdict">${verdict(state.audits[i])}${state.blocks[i] ? html` · ${w("contents.edited")}` : nothing}</span>
          </button>
        </li>`,
      )}
    </ol>
  </nav>`;
}

function visit(exercise, i) {
  choose(i);
  if (state.noteOpen) {
    pointAt(exercise.line);
  }
}

/** Counts with signs and words: colour only helps. */
export function verdict(audit) {
  if (!audit) {
    return html`<span class="wait">${w("contents.waiting")}</span>`;
  }
  const parts = [
    ["right", "✓"],
    ["wrong", "✗"],
    ["unchecked", "?"],
  ].filter(([k]) => audit[k] > 0);
  const errors = audit.errors > 0 ? html`<span class="wrong">! ${w("outcome.error")}</span>` : nothing;
  if (parts.length === 0) {
    return errors === nothing ? html`<span class="wait">${w("contents.none")}</span>` : errors;
  }
  return html`${parts.map(([k, sign]) => html`<span class=${k}>${sign} ${audit[k]} ${w("outcome." + k)}</span> `)}${errors}`;
}
