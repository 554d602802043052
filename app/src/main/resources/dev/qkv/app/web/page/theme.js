// Light and dark: the system's, or what is chosen.

import { change, state } from "./state.js";

const system = matchMedia("(prefers-color-scheme: dark)");

export function dark() {
  return state.theme === "system" ? system.matches : state.theme === "dark";
}

export function turn() {
  choose(dark() ? "light" : "dark");
}

export function choose(theme) {
  if (theme === "system") {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = theme;
  }
  change({ theme });
}

system.addEventListener("change", () => change({}));
