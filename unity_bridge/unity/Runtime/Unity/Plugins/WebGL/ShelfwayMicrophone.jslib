// The browser's microphone for WebGLMicrophone.cs. Samples wait in a list until they are asked for, two seconds at most.
// States: 0 off, 1 asking, 2 listening, 3 not allowed, 4 none there, 5 failed, 6 no secure page (https).
var ShelfwayMicrophone = {
  $shelfwayMic: {
    state: 0, context: null, stream: null, node: null, source: null, pieces: [], waiting: 0, turn: 0,
    most: function () { return shelfwayMic.context ? 2 * shelfwayMic.context.sampleRate : 0; },
    take: function (samples) {
      shelfwayMic.pieces.push(samples);
      shelfwayMic.waiting += samples.length;
      while (shelfwayMic.waiting > shelfwayMic.most()) shelfwayMic.waiting -= shelfwayMic.pieces.shift().length;
    },
    // A worklet runs beside the page, so that a slow frame of the game loses no sound.
    worklet: "registerProcessor('shelfway-mic', class extends AudioWorkletProcessor { process(inputs) {" +
      " const one = inputs[0][0]; if (one) this.port.postMessage(one.slice()); return true; } })",
    connect: function (context, stream) {
      var source = context.createMediaStreamSource(stream);
      var old = function () {
        var node = context.createScriptProcessor(2048, 1, 1);
        node.onaudioprocess = function (event) { shelfwayMic.take(event.inputBuffer.getChannelData(0).slice()); };
        source.connect(node);
        node.connect(context.destination); // runs only when it leads somewhere; what it gives is silence
        return node;
      };
      if (!context.audioWorklet) return Promise.resolve({ source: source, node: old() });
      var address = URL.createObjectURL(new Blob([shelfwayMic.worklet], { type: "text/javascript" }));
      return context.audioWorklet.addModule(address).then(function () {
        var node = new AudioWorkletNode(context, "shelfway-mic", { numberOfOutputs: 0 });
        node.port.onmessage = function (event) { shelfwayMic.take(event.data); };
        source.connect(node);
        return node;
      }).catch(old).then(function (node) {
        URL.revokeObjectURL(address);
        return { source: source, node: node };
      });
    },
    stop: function () {
      if (shelfwayMic.node && shelfwayMic.node.port) shelfwayMic.node.port.onmessage = null;
      if (shelfwayMic.node) shelfwayMic.node.onaudioprocess = null;
      if (shelfwayMic.source) shelfwayMic.source.disconnect();
      if (shelfwayMic.stream) shelfwayMic.stream.getTracks().forEach(function (track) { track.stop(); });
      if (shelfwayMic.context) shelfwayMic.context.close();
      shelfwayMic.context = shelfwayMic.stream = shelfwayMic.node = shelfwayMic.source = null;
      shelfwayMic.pieces = [];
      shelfwayMic.waiting = 0;
      shelfwayMic.state = 0;
      shelfwayMic.turn += 1;
    },
  },

  ShelfwayMicStart: function (echo) {
    if (shelfwayMic.state === 1 || shelfwayMic.state === 2) return;
    if (typeof navigator === "undefined" || !navigator.mediaDevices || !navigator.mediaDevices.getUserMedia) {
      shelfwayMic.state = 6;
      return;
    }
    shelfwayMic.state = 1;
    var turn = (shelfwayMic.turn += 1);
    var wish = { channelCount: 1, echoCancellation: echo !== 0, noiseSuppression: false, autoGainControl: echo !== 0 };
    navigator.mediaDevices.getUserMedia({ audio: wish }).then(function (stream) {
      if (shelfwayMic.turn !== turn) { // stopped while the reader was asked
        stream.getTracks().forEach(function (track) { track.stop(); });
        return;
      }
      shelfwayMic.stream = stream;
      var context = (shelfwayMic.context = new AudioContext());
      return context.resume().then(function () { return shelfwayMic.connect(context, stream); }).then(function (parts) {
        if (shelfwayMic.turn !== turn) return;
        shelfwayMic.source = parts.source;
        shelfwayMic.node = parts.node;
        shelfwayMic.state = 2;
      });
    }).catch(function (fault) {
      if (shelfwayMic.turn !== turn) return;
      var name = fault && fault.name;
      shelfwayMic.stop();
      shelfwayMic.state = name === "NotAllowedError" || name === "SecurityError" ? 3
        : name === "NotFoundError" || name === "OverconstrainedError" ? 4 : 5;
    });
  },
  ShelfwayMicStart__deps: ["$shelfwayMic"],

  ShelfwayMicState: function () { return shelfwayMic.state; },
  ShelfwayMicState__deps: ["$shelfwayMic"],

  ShelfwayMicRate: function () { return shelfwayMic.context ? shelfwayMic.context.sampleRate : 0; },
  ShelfwayMicRate__deps: ["$shelfwayMic"],

  ShelfwayMicTake: function (buffer, room) {
    var count = 0;
    while (shelfwayMic.pieces.length > 0 && count < room) {
      var piece = shelfwayMic.pieces[0];
      var part = Math.min(piece.length, room - count);
      HEAPF32.set(piece.subarray(0, part), (buffer >> 2) + count);
      if (part === piece.length) shelfwayMic.pieces.shift();
      else shelfwayMic.pieces[0] = piece.subarray(part);
      count += part;
    }
    shelfwayMic.waiting -= count;
    return count;
  },
  ShelfwayMicTake__deps: ["$shelfwayMic"],

  ShelfwayMicStop: function () { shelfwayMic.stop(); },
  ShelfwayMicStop__deps: ["$shelfwayMic"],
};

mergeInto(LibraryManager.library, ShelfwayMicrophone);
