// What is done with the whole page: open another note, share, copy, print, language, light and dark.

import { html, nothing } from "./lit-html/lit-html.js";
import { again, close } from "./note.js";
import { canShare, keepAddress } from "./share.js";
import { call } from "./sheet.js";
import { change, place, say, state } from "./state.js";
import { dark, turn } from "./theme.js";
import { trying } from "./trouble.js";
import { w } from "./words.js";

const FORMATS = ["native", "markdown", "tex", "numpy", "csv"];

const icon = document.querySelector("link[rel=icon]").getAttribute("href");

export function toolbar() {
  return html`<header class="toolbar no-print">
    <p class="brand"><img src=${icon} alt="" width="24" height="24" /> QKV <span class="hint">${w("brand")}</span></p>
    <div class="commands row">
      ${state.note ? html`<button @click=${close}>${w("bar.new")}</button>` : nothing}
      ${state.sheet ? html`${copies()} ${shares()} ${prints()}` : nothing}
    </div>
    <div class="row">
      <button lang=${state.language === "zh" ? "en" : "zh"} @click=${switchLanguage}>${state.language === "zh" ? "English" : "中文"}</button>
      <button aria-pressed=${dark()} @click=${turn}>${w(dark() ? "bar.light" : "bar.dark")}</button>
    </div>
  </header>
  ${state.trouble ? html`<p class="trouble" role="alert">${state.trouble} <button class="quiet" @click=${() => change({ trouble: "" })}>${w("bar.close")}</button></p>` : nothing}`;
}

function menu(name, content) {
  const done = state.done?.menu === name ? html`<p class="done">✓ ${state.done.text}</p>` : nothing;
  return html`<details class="menu" @toggle=${(e) => !e.target.open && change({ done: null })}>
    <summary>${w("bar." + name)}</summary>
    <div class="panel">${content} ${done}</div>
  </details>`;
}

function copies() {
  return menu("copy", FORMATS.map((f) => html`<button @click=${() => copy(f)}>${w("copy." + f)}</button>`));
}

async function copy(format) {
  await trying(async () => {
    const { text } = await call("copy", ...place(), format);
    await toClipboard("copy", text, w("copy.done", w("copy." + format)));
  });
}

async function toClipboard(menu, text, done) {
  try {
    await navigator.clipboard.writeText(text);
    change({ done: { menu, text: done } });
    say(done);
  } catch {
    change({ trouble: w("trouble.clipboard") });
  }
}

function shares() {
  return menu("share", html`<p>${w(canShare() ? "share.hint" : "share.cannot")}</p>
    ${canShare() ? html`<button class="main" @click=${share}>${w("share.copy")}</button>` : nothing}`);
}

async function share() {
  await keepAddress();
  await toClipboard("share", location.href, w("share.done"));
}

function prints() {
  return menu("print", html`<label><input type="checkbox" checked
      @change=${(e) => document.documentElement.toggleAttribute("data-blank", !e.target.checked)} /> ${w("print.answers")}</label>
    <button class="main" @click=${() => print()}>${w("print.do")}</button>`);
}

function switchLanguage() {
  change({ language: state.language === "zh" ? "en" : "zh" });
  again();
}

/** A menu closes when something else is pressed, and with Escape. */
export function watchMenus(root) {
  root.addEventListener("pointerdown", (e) => shut((menu) => !menu.contains(e.target)));
  root.addEventListener("keydown", (e) => {
    if (e.key === "Escape") {
      shut((menu) => {
        const within = menu.contains(document.activeElement);
        if (within) {
          menu.querySelector("summary").focus();
        }
        return within;
      });
    }
  });
}

function shut(which) {
  document.querySelectorAll("details.menu[open]").forEach((menu) => {
    if (which(menu)) {
      menu.open = false;
    }
  });
}
