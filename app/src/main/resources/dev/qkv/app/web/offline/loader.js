// Starts the page from this file alone: its parts lie beside this script, compressed.
(() => {
  const IMPORT = /(\bfrom\s*|\bimport\s*)"(\.{1,2}\/[^"]+)"/g;
  const lacking = ["DecompressionStream", "Worker", "BigInt"].filter((name) => !(name in globalThis));
  const addresses = new Map();

  if (lacking.length > 0) {
    document.getElementById("page").textContent =
      `This browser lacks ${lacking.join(", ")}, which the page needs. 此浏览器缺少本页所需的 ${lacking.join("、")}。`;
    return;
  }

  /** A part of the file, unpacked. */
  async function bytes(id) {
    const binary = atob(document.getElementById(id).textContent);
    const packed = new Uint8Array(binary.length);
    for (let i = 0; i < binary.length; i++) {
      packed[i] = binary.charCodeAt(i);
    }
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  const scriptOf = (content) => URL.createObjectURL(new Blob([content], { type: "text/javascript" }));

  /** A module's address, given once the modules that it imports have theirs. */
  function addressOf(name, modules) {
    if (!addresses.has(name)) {
      const text = modules[name].replace(IMPORT, (_, before, path) => {
        const other = new URL(path, "file:///" + name).pathname.slice(1);
        return `${before}"${addressOf(other, modules)}"`;
      });
      addresses.set(name, scriptOf(text));
    }
    return addresses.get(name);
  }

  async function start() {
    const modules = JSON.parse(new TextDecoder().decode(await bytes("modules")));
    globalThis.qkv = {
      bytes,
      module: (name) => addressOf(name, modules),
      text: (name) => modules[name],
    };
    await import(qkv.module("main.js"));
  }

  start();
})();
