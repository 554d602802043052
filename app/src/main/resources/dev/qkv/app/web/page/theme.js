// Light and dark: the system's, or what is chosen.

import { change, state } from "./state.js";

const system = matchMedia("(prefers-color-scheme: dark)");

export function dark() {
  return state.theme === "system" ? system.matches : state.theme === "dark";
}

/** From one to the other; from then on the system is not asked. */
export function turn() {
  const theme = dark() ? "light" : "dark";
  document.documentElement.dataset.theme = theme;
  change({ theme });
}

system.addEventListener("change", () => change({}));
