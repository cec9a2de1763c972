import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Link, type LinkStatus, readMessage } from "../src/client/socket";
import type { ToClient } from "../src/messages";

/** A websocket whose other end is the test. */
class FakeSocket {
  static readonly OPEN = 1;
  readyState = 1;
  binaryType = "";
  readonly sent: string[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  send(data: string) {
    this.sent.push(data);
  }
  close(code: number) {
    this.readyState = 3;
    this.onclose?.({ code });
  }
  say(message: object) {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

const welcome = (session: string) => ({ type: "welcome", session }) as unknown as ToClient;

describe("the link", () => {
  let sockets: FakeSocket[];
  let statuses: LinkStatus[];
  let link: Link;

  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal("WebSocket", FakeSocket);
    sockets = [];
    statuses = [];
    link = new Link({
      url: "ws://x/v1/ws",
      hello: () => ({ type: "hello", version: 1, client: "kiosk" }),
      onMessage: () => {},
      onBytes: () => {},
      onStatus: (status) => statuses.push(status),
      open: () => {
        const socket = new FakeSocket();
        sockets.push(socket);
        return socket as unknown as WebSocket;
      },
    });
    link.connect();
    sockets[0]?.onopen?.();
  });

  afterEach(() => {
    link.close();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("says hello first and nothing else before the welcome", () => {
    expect(link.send({ type: "reset" })).toBe(false);
    expect(sockets[0]?.sent.map((text) => JSON.parse(text).type)).toEqual(["hello"]);
    sockets[0]?.say(welcome("s1"));
    expect(link.send({ type: "reset" })).toBe(true);
    expect(statuses).toEqual(["connecting", "open"]);
  });

  it("comes back after a loss and resumes its session", () => {
    sockets[0]?.say(welcome("s1"));
    sockets[0]?.close(1006);
    expect(statuses.at(-1)).toBe("lost");
    vi.advanceTimersByTime(400);
    sockets[1]?.onopen?.();
    expect(JSON.parse(sockets[1]?.sent[0] ?? "{}")).toMatchObject({ type: "hello", resume: "s1" });
  });

  it("begins a visit of its own when its visit goes on elsewhere, and does not fight for it", () => {
    sockets[0]?.say(welcome("s1"));
    sockets[0]?.close(1000);
    vi.advanceTimersByTime(400);
    sockets[1]?.onopen?.();
    expect(JSON.parse(sockets[1]?.sent[0] ?? "{}").resume).toBeUndefined();
  });

  it("waits longer each time it fails", () => {
    sockets[0]?.close(1006);
    vi.advanceTimersByTime(310);
    expect(sockets.length).toBe(2);
    sockets[1]?.close(1006);
    vi.advanceTimersByTime(310);
    expect(sockets.length).toBe(2);
    vi.advanceTimersByTime(400);
    expect(sockets.length).toBe(3);
  });

  it("keeps the time that a restarting server names", () => {
    sockets[0]?.say(welcome("s1"));
    sockets[0]?.say({ type: "goaway", reconnect_in_s: 3 });
    sockets[0]?.close(1012);
    vi.advanceTimersByTime(2900);
    expect(sockets.length).toBe(1);
    vi.advanceTimersByTime(200);
    expect(sockets.length).toBe(2);
  });

  it("does not hammer a server that refuses it", () => {
    sockets[0]?.close(4403);
    expect(statuses.at(-1)).toBe("refused");
    vi.advanceTimersByTime(29_000);
    expect(sockets.length).toBe(1);
  });

  it("gives up a line that has fallen silent", () => {
    sockets[0]?.say(welcome("s1"));
    vi.advanceTimersByTime(31_000);
    expect(statuses).toContain("lost");
  });
});

describe("what is no message", () => {
  it.each(["", "{", "[]", "null", "3", '{"a":1}', '{"type":3}'])("%j is ignored", (text) => {
    expect(readMessage(text)).toBeNull();
  });
});
