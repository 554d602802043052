// Starts the page.

import { render } from "./lit-html/lit-html.js";
import { mend, watchKeys } from "./keys.js";
import { watchDrops } from "./opening.js";
import { open } from "./note.js";
import { page } from "./page.js";
import { keepAddress, openAddress } from "./share.js";
import { call } from "./sheet.js";
import { change, drawnBy, state } from "./state.js";
import { watchMenus } from "./toolbar.js";
import { light, watch } from "./trace.js";
import { trying } from "./trouble.js";
import { watchWalk } from "./walk.js";
import { w } from "./words.js";

const root = document.getElementById("page");
const REST = 600;
let resting;

drawnBy(() => {
  document.documentElement.lang = state.language === "zh" ? "zh-CN" : "en";
  document.title = state.sheet ? `${state.sheet.id} ${state.sheet.title} – QKV` : "QKV";
  render(page(), root);
  light();
  mend();
  clearTimeout(resting);
  resting = setTimeout(keepAddress, REST);
});

watch(root);
watchKeys(root);
watchWalk(document);
watchMenus(document);
watchDrops(document);
addEventListener("hashchange", restore);

async function restore() {
  const there = await openAddress();
  if (there === null) {
    change({ trouble: w("trouble.address") });
  } else if (!there && !state.note) {
    await openBrought();
  }
}

/** The note that a page in one file brings along. */
async function openBrought() {
  const brought = document.getElementById("brought");
  if (brought) {
    const { name, text, language, index } = JSON.parse(brought.textContent);
    change({ language });
    await open(name, text, { index });
  }
}

change({ arriving: Boolean(document.getElementById("brought")) || location.hash.length > 1 });
restore().finally(() => change({ arriving: false }));
trying(async () => change({ examples: (await call("examples", state.language)).examples }));
