// An empty page: paste, open, drop, or begin with an example.

import { html, nothing } from "./lit-html/lit-html.js";
import { open, openFile } from "./note.js";
import { change, state } from "./state.js";
import { w } from "./words.js";

const BLANK = `## 1

\`\`\`qkv
Q = [1 0; 0 1]
K = [1 1; 0 1]
V = [1 2; 3 4]
find Z
\`\`\`
`;

export function opening() {
  return html`<main class="opening">
    <h1>${w("opening.title")}</h1>
    <p class="lead">${w("opening.lead")}</p>
    <form @submit=${submit}>
      <label for="paste">${w("opening.paste")}</label>
      <textarea id="paste" rows="9" spellcheck="false" placeholder=${w("opening.placeholder")} .value=${state.paste}
        @input=${(e) => change({ paste: e.target.value })}
        @keydown=${(e) => e.key === "Enter" && (e.ctrlKey || e.metaKey) && submit(e)}></textarea>
      <div class="row">
        <button class="main" type="submit" ?disabled=${!state.paste.trim() || state.busy}>${w(state.busy ? "opening.reading" : "opening.read")}</button>
        ${chooser()}
        <button type="button" @click=${() => open("note.md", BLANK)}>${w("opening.blank")}</button>
      </div>
      <p class="hint">${w("opening.formats")}</p>
    </form>
    ${examples()}
  </main>`;
}

function chooser() {
  return html`<button type="button" @click=${(e) => e.target.nextElementSibling.click()}>${w("opening.file")}</button>
    <input type="file" class="unseen" tabindex="-1" aria-hidden="true"
      accept=".md,.markdown,.txt,.tex,.html,.htm,.csv,.tsv,.ipynb,.py"
      @change=${(e) => {
        if (e.target.files[0]) {
          openFile(e.target.files[0]);
          e.target.value = "";
        }
      }} />`;
}

function submit(e) {
  e.preventDefault();
  if (state.paste.trim()) {
    open(nameFor(state.paste), state.paste);
  }
}

/** What is pasted is a note, unless it is plainly something else. */
function nameFor(text) {
  if (/\\documentclass|\\begin\{document\}/.test(text)) {
    return "note.tex";
  }
  if (/^\s*<(!doctype|html|head|body)\b/i.test(text)) {
    return "note.html";
  }
  return /^\s*\{[\s\S]*"nbformat"/.test(text) ? "note.ipynb" : "note.md";
}

function examples() {
  if (state.examples.length === 0) {
    return nothing;
  }
  const languages = state.language === "zh" ? ["zh", "en"] : ["en", "zh"];
  return html`<section aria-labelledby="examples-title" class="examples">
    <h2 id="examples-title">${w("opening.examples")}</h2>
    <div class="columns">
      ${languages.map(
        (language) => html`<div>
          <h3>${w("language." + language)}</h3>
          <ul lang=${language}>
            ${state.examples
              .filter((e) => e.language === language)
              .map((e) => html`<li><button class="quiet" @click=${() => open(e.name, e.text)}>${titleOf(e)}</button></li>`)}
          </ul>
        </div>`,
      )}
    </div>
  </section>`;
}

function titleOf(example) {
  return /^#\s+(.+)$/m.exec(example.text)?.[1] ?? example.name;
}

export function watchDrops(root) {
  root.addEventListener("dragover", (e) => {
    if ([...e.dataTransfer.types].includes("Files")) {
      e.preventDefault();
    }
  });
  root.addEventListener("drop", (e) => {
    const file = e.dataTransfer.files[0];
    if (file) {
      e.preventDefault();
      openFile(file);
    }
  });
}
