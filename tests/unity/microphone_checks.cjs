// The jslib of the browser's microphone with a scripted browser and a plain heap, as Emscripten would join them.
const assert = require("node:assert");
const fs = require("node:fs");
const vm = require("node:vm");

const heap = new Float32Array(64);
const stopped = [];
let ask = null; // how the reader answers
let wished = null;
let worklets = true;
let node = null;
class ScriptedContext {
  constructor() {
    this.sampleRate = 8;
    this.destination = {};
    this.closed = false;
    if (worklets) this.audioWorklet = { addModule: async (address) => assert.ok(address.startsWith("blob:")) };
    ScriptedContext.last = this;
  }
  async resume() {}
  close() { this.closed = true; }
  createMediaStreamSource() { return { connect: (to) => (node = to), disconnect: () => stopped.push("source") }; }
  createScriptProcessor() { return (node = { connect: () => undefined }); }
}
class ScriptedNode {
  constructor(_, name) {
    assert.strictEqual(name, "shelfway-mic");
    this.port = {};
  }
}
const stream = () => ({ getTracks: () => [{ stop: () => stopped.push("track") }] });
const navigator = { mediaDevices: { getUserMedia: (wish) => ((wished = wish), ask()) } };
const library = {};
const context = vm.createContext({
  HEAPF32: heap, Float32Array, Promise, Blob: class {}, navigator,
  URL: { createObjectURL: () => "blob:x", revokeObjectURL: () => undefined },
  AudioContext: ScriptedContext, AudioWorkletNode: ScriptedNode, LibraryManager: { library },
  mergeInto: (target, parts) => Object.assign(target, parts),
});
vm.runInContext(fs.readFileSync(process.argv[2], "utf8"), context);
for (const name of Object.keys(library)) {
  if (name.startsWith("ShelfwayMic") && !name.endsWith("__deps"))
    assert.deepStrictEqual([...library[`${name}__deps`]], ["$shelfwayMic"], `${name} names what it needs`);
}
context.shelfwayMic = library.$shelfwayMic;
const { ShelfwayMicStart: start, ShelfwayMicState: state, ShelfwayMicTake: take, ShelfwayMicStop: stop } = library;
const settle = async () => { for (let i = 0; i < 12; i += 1) await null; };
const refusal = (name) => () => Promise.reject(Object.assign(new Error(name), { name }));

(async () => {
  assert.strictEqual(state(), 0);
  ask = async () => stream();
  start(1);
  assert.strictEqual(state(), 1);
  await settle();
  assert.strictEqual(state(), 2);
  assert.strictEqual(wished.audio.echoCancellation, true);
  assert.strictEqual(library.ShelfwayMicRate(), 8);
  node.port.onmessage({ data: Float32Array.from([0.25, -0.5, 0.75]) });
  node.port.onmessage({ data: Float32Array.from([1, -1]) });
  assert.strictEqual(take(8, 4), 4); // at byte 8: the third number of the heap
  assert.deepStrictEqual([...heap.slice(2, 6)], [0.25, -0.5, 0.75, 1]);
  assert.strictEqual(take(0, 4), 1);
  assert.strictEqual(heap[0], -1);
  assert.strictEqual(take(0, 4), 0);
  for (let i = 0; i < 100; i += 1) node.port.onmessage({ data: new Float32Array(4).fill(i) });
  let kept = 0;
  for (let got; (got = take(0, 8)) > 0;) kept += got;
  assert.strictEqual(kept, 16, "two seconds at most wait for a game that stands still");
  assert.strictEqual(heap[7], 99, "the newest of them");
  stop();
  assert.strictEqual(state(), 0);
  assert.deepStrictEqual(stopped, ["source", "track"]);
  assert.ok(ScriptedContext.last.closed);
  stop(); // twice does no harm

  worklets = false; // an old browser
  start(0);
  await settle();
  assert.strictEqual(state(), 2);
  node.onaudioprocess({ inputBuffer: { getChannelData: () => Float32Array.from([0.5]) } });
  assert.strictEqual(take(0, 8), 1);
  stop();

  for (const [name, code] of [["NotAllowedError", 3], ["NotFoundError", 4], ["AbortError", 5]]) {
    ask = refusal(name);
    start(1);
    await settle();
    assert.strictEqual(state(), code, name);
  }
  stopped.length = 0;
  let answer;
  ask = () => new Promise((resolve) => (answer = resolve));
  start(1);
  stop(); // let go while the reader is still asked
  answer(stream());
  await settle();
  assert.strictEqual(state(), 0);
  assert.deepStrictEqual(stopped, ["track"], "a microphone that nobody waits for is closed again");

  delete navigator.mediaDevices; // a page without https
  start(1);
  assert.strictEqual(state(), 6);
})().catch((fault) => {
  console.error(fault);
  process.exit(1);
});
