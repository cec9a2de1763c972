// The browser's websocket for WebGLTransport.cs. What comes waits in a list until it is asked for.
// Kinds: 0 nothing, 1 opened, 2 text (UTF-8), 3 bytes, 4 closed (its size is the code).
var ShelfwaySocket = {
  $shelfwaySockets: { list: [], closedCode: 1006 },

  ShelfwaySocketOpen: function (address, subprotocol) {
    var id = shelfwaySockets.list.length;
    var entry = { socket: null, news: [] };
    shelfwaySockets.list.push(entry);
    try {
      var socket = new WebSocket(UTF8ToString(address), UTF8ToString(subprotocol));
      socket.binaryType = "arraybuffer";
      socket.onopen = function () { entry.news.push({ kind: 1, bytes: new Uint8Array(0) }); };
      socket.onmessage = function (event) {
        var isText = typeof event.data === "string";
        var bytes = isText ? new TextEncoder().encode(event.data) : new Uint8Array(event.data);
        entry.news.push({ kind: isText ? 2 : 3, bytes: bytes });
      };
      socket.onclose = function (event) { entry.news.push({ kind: 4, bytes: new Uint8Array(0), code: event.code }); };
      entry.socket = socket;
    } catch (fault) {
      entry.news.push({ kind: 4, bytes: new Uint8Array(0), code: shelfwaySockets.closedCode });
    }
    return id;
  },
  ShelfwaySocketOpen__deps: ["$shelfwaySockets"],

  ShelfwaySocketSendText: function (id, text) {
    var socket = shelfwaySockets.list[id] && shelfwaySockets.list[id].socket;
    if (socket && socket.readyState === 1) socket.send(UTF8ToString(text));
  },
  ShelfwaySocketSendText__deps: ["$shelfwaySockets"],

  ShelfwaySocketSendBytes: function (id, bytes, count) {
    var socket = shelfwaySockets.list[id] && shelfwaySockets.list[id].socket;
    if (socket && socket.readyState === 1) socket.send(HEAPU8.slice(bytes, bytes + count));
  },
  ShelfwaySocketSendBytes__deps: ["$shelfwaySockets"],

  ShelfwaySocketNext: function (id) {
    var entry = shelfwaySockets.list[id];
    return entry && entry.news.length > 0 ? entry.news[0].kind : 0;
  },
  ShelfwaySocketNext__deps: ["$shelfwaySockets"],

  ShelfwaySocketSize: function (id) {
    var first = shelfwaySockets.list[id].news[0];
    return first.kind === 4 ? first.code : first.bytes.length;
  },
  ShelfwaySocketSize__deps: ["$shelfwaySockets"],

  ShelfwaySocketTake: function (id, bytes, count) {
    var first = shelfwaySockets.list[id].news.shift();
    if (count > 0) HEAPU8.set(first.bytes.subarray(0, count), bytes);
  },
  ShelfwaySocketTake__deps: ["$shelfwaySockets"],

  ShelfwaySocketClose: function (id) {
    var entry = shelfwaySockets.list[id];
    if (!entry) return;
    if (entry.socket) {
      entry.socket.onopen = entry.socket.onmessage = entry.socket.onclose = null;
      entry.socket.close();
    }
    shelfwaySockets.list[id] = null;
  },
  ShelfwaySocketClose__deps: ["$shelfwaySockets"],
};

mergeInto(LibraryManager.library, ShelfwaySocket);
