// What goes wrong between the page and the sheet.

import { Unanswered } from "./sheet.js";
import { change } from "./state.js";
import { w } from "./words.js";

/** Runs what asks the sheet; what goes wrong is said above everything. */
export async function trying(work) {
  try {
    await work();
  } catch (e) {
    if (!(e instanceof Unanswered)) {
      throw e;
    }
    change({ busy: false, trouble: e.unreachable ? w("trouble.unreachable") : e.message });
  }
}
