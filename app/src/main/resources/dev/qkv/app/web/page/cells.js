// Where a cell is on the page: "S/0/1".

export function key(quantity, row, column) {
  return `${quantity}/${row}/${column}`;
}

export function placeOf(element) {
  const cell = element?.closest?.("[data-cell]");
  if (!cell) {
    return null;
  }
  const parts = cell.dataset.cell.split("/");
  const column = Number(parts.pop());
  const row = Number(parts.pop());
  return { quantity: parts.join("/"), row, column };
}

/** All places where a cell is shown: a walk shows inputs beside results. */
export function elementsOf({ quantity, row, column }) {
  return document.querySelectorAll(`[data-cell="${CSS.escape(key(quantity, row, column))}"]`);
}

/** What takes the focus of a cell: its field if it has one. */
export function focusable(element) {
  return element.querySelector("input") ?? element;
}

export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

export function show(element, block = "nearest") {
  element.scrollIntoView({ block, inline: "nearest", behavior: calm() ? "auto" : "smooth" });
}

/** Moves the focus to a cell, if it is shown. */
export function goTo(place, block = "center") {
  const element = elementsOf(place)[0];
  if (!element) {
    return false;
  }
  focusable(element).focus({ preventScroll: true });
  show(element, block);
  return true;
}
