/**
 * Starts the sheet that is compiled to WebAssembly. All that it needs of a browser is arithmetic and
 * the time; strings go in and out character by character, so nothing is evaluated from strings.
 */

/** As many arguments as a function may have in every browser. */
const PIECE = 8192;

/** What the memory beside the browser's own may grow to. */
const LARGEST = 2 ** 31 - 1;
const MOST_PAGES = 2 ** 15;

/**
 * Compiles the sheet.
 *
 * @param {BufferSource} bytes the WebAssembly
 * @returns a function of a method and an array of strings, whose result is JSON
 */
export async function start(bytes) {
  const module = await WebAssembly.compile(bytes);
  const sheet = await instance(module);
  return (method, strings) => {
    try {
      return answered(sheet, "call", [method, ...strings]);
    } catch (error) {
      // Where the stack is full, for one.
      return answered(sheet, "fail", [String(error), ...strings]);
    }
  };
}

async function instance(module) {
  const needs = JSON.parse(
    new TextDecoder().decode(
      WebAssembly.Module.customSections(module, "teavm.memoryRequirements")[0],
    ),
  );
  const heap = Math.ceil(needs.dataSize / 8) * 8;
  const constant = (value) => new WebAssembly.Global({ value: "i32", mutable: false }, value);
  const { exports } = await WebAssembly.instantiate(module, {
    env: { memory: new WebAssembly.Memory({ initial: needs.min, maximum: MOST_PAGES }) },
    teavmMath: Math,
    teavmDate: { currentTimeMillis: Date.now },
    teavmMemory: {
      heapOffset: constant(heap),
      maxSize: constant(LARGEST),
      notifyHeapResized: () => {},
    },
  });
  return exports;
}

function answered(sheet, call, strings) {
  for (const string of strings) {
    for (let i = 0; i < string.length; i++) {
      sheet.take(string.charCodeAt(i));
    }
    sheet.end();
  }
  const length = sheet[call]();
  let text = "";
  for (let from = 0; from < length; from += PIECE) {
    const codes = new Uint16Array(Math.min(PIECE, length - from));
    for (let i = 0; i < codes.length; i++) {
      codes[i] = sheet.give(from + i);
    }
    text += String.fromCharCode(...codes);
  }
  return text;
}
