// The thread that the sheet computes on: first which sheet, then call after call. The sheet comes
// as text: where a page is opened from disk, no address of the page's is one of its threads'.

let call;

onmessage = async ({ data }) => {
  try {
    if (data.sheet === undefined) {
      postMessage({ answer: call(data.method, data.strings) });
      return;
    }
    const address = URL.createObjectURL(new Blob([data.sheet], { type: "text/javascript" }));
    const { start } = await import(address);
    URL.revokeObjectURL(address);
    call = await start(data.bytes);
    postMessage({});
  } catch (e) {
    postMessage({ unable: String(e) });
  }
};
