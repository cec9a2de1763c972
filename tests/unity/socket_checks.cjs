// The jslib of the package with a scripted WebSocket and a plain heap, as Emscripten would join them.
const assert = require("node:assert");
const fs = require("node:fs");
const vm = require("node:vm");

const heap = new Uint8Array(4096);
let made = null;
class ScriptedSocket {
  constructor(address, protocol) {
    if (address.startsWith("bad")) throw new SyntaxError("no address");
    Object.assign(this, { address, protocol, readyState: 0, sent: [], closed: false });
    made = this;
  }
  send(data) { this.sent.push(data); }
  close() { this.closed = true; }
}
const texts = new Map([[1, "ws://x/v1/ws"], [2, "shelfway.v1"], [3, "bad"], [4, "三体"]]);
const library = {};
const context = vm.createContext({
  HEAPU8: heap, TextEncoder, Uint8Array, WebSocket: ScriptedSocket, LibraryManager: { library },
  UTF8ToString: (pointer) => texts.get(pointer),
  mergeInto: (target, parts) => Object.assign(target, parts),
});
vm.runInContext(fs.readFileSync(process.argv[2], "utf8"), context);
for (const name of Object.keys(library)) {
  if (name.startsWith("ShelfwaySocket") && !name.endsWith("__deps"))
    assert.deepStrictEqual([...library[`${name}__deps`]], ["$shelfwaySockets"], `${name} names what it needs`);
}
context.shelfwaySockets = library.$shelfwaySockets;

const id = library.ShelfwaySocketOpen(1, 2);
assert.strictEqual(made.protocol, "shelfway.v1");
assert.strictEqual(library.ShelfwaySocketNext(id), 0);
library.ShelfwaySocketSendText(id, 4); // before it is open: nothing
made.readyState = 1;
made.onopen();
made.onmessage({ data: "书" });
made.onmessage({ data: new Uint8Array([1, 2, 3]).buffer });
made.onmessage({ data: new ArrayBuffer(0) });
assert.strictEqual(library.ShelfwaySocketNext(id), 1);
library.ShelfwaySocketTake(id, 0, 0);
assert.strictEqual(library.ShelfwaySocketNext(id), 2);
assert.strictEqual(library.ShelfwaySocketSize(id), 3);
library.ShelfwaySocketTake(id, 16, 3);
assert.strictEqual(Buffer.from(heap.slice(16, 19)).toString("utf8"), "书");
assert.strictEqual(library.ShelfwaySocketNext(id), 3);
library.ShelfwaySocketTake(id, 32, library.ShelfwaySocketSize(id));
assert.deepStrictEqual([...heap.slice(32, 36)], [1, 2, 3, 0]);
assert.strictEqual(library.ShelfwaySocketSize(id), 0);
library.ShelfwaySocketTake(id, 0, 0);
library.ShelfwaySocketSendText(id, 4);
library.ShelfwaySocketSendBytes(id, 32, 3);
heap.fill(9); // what is sent is a copy: the heap moves
assert.strictEqual(made.sent[0], "三体");
assert.deepStrictEqual([...made.sent[1]], [1, 2, 3]);
made.onclose({ code: 4401 });
assert.strictEqual(library.ShelfwaySocketNext(id), 4);
assert.strictEqual(library.ShelfwaySocketSize(id), 4401);
library.ShelfwaySocketTake(id, 0, 0);
library.ShelfwaySocketClose(id);
assert.ok(made.closed);
assert.strictEqual(library.ShelfwaySocketNext(id), 0);
library.ShelfwaySocketClose(id); // twice does no harm

const bad = library.ShelfwaySocketOpen(3, 2);
assert.strictEqual(library.ShelfwaySocketNext(bad), 4);
assert.strictEqual(library.ShelfwaySocketSize(bad), 1006);
