/**
 * The connection: hello first, reconnect with growing pauses, resume of the session, a ping so that a dead line is
 * noticed. It knows nothing of what is said.
 */

import type { FromClient, Hello, ToClient } from "../messages";

export type LinkStatus = "connecting" | "open" | "lost" | "refused";

export interface LinkOptions {
  readonly url: string;
  /** The hello of the next connection; `resume` is filled in by the link. */
  readonly hello: () => Hello;
  readonly onMessage: (message: ToClient) => void;
  readonly onBytes: (bytes: ArrayBuffer) => void;
  readonly onStatus: (status: LinkStatus) => void;
  readonly open?: (url: string, protocol: string) => WebSocket;
}

const PROTOCOL = "shelfway.v1";
const PAUSES_MS = [250, 500, 1000, 2000, 4000, 8000];
const REFUSED_PAUSE_MS = 30_000;
const PING_EVERY_MS = 10_000;
const SILENCE_MS = 25_000;

export class Link {
  private socket: WebSocket | null = null;
  private session: string | null = null;
  private attempts = 0;
  private welcomed = false;
  private closed = false;
  private nextPauseMs: number | null = null;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private heartbeat: ReturnType<typeof setInterval> | undefined;
  private lastHeard = 0;

  constructor(private readonly options: LinkOptions) {}

  connect(): void {
    this.options.onStatus("connecting");
    const open = this.options.open ?? ((url, protocol) => new WebSocket(url, protocol));
    const socket = open(this.options.url, PROTOCOL);
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    socket.onopen = () => {
      const hello = this.options.hello();
      socket.send(JSON.stringify(this.session ? { ...hello, resume: this.session } : hello));
      this.lastHeard = Date.now();
      this.heartbeat = setInterval(() => this.beat(), PING_EVERY_MS);
    };
    socket.onmessage = (event: MessageEvent) => this.receive(event.data);
    socket.onclose = (event: CloseEvent) => this.lose(event.code);
  }

  /** Send a message; false when there is no connection (the caller decides whether it matters). */
  send(message: FromClient): boolean {
    if (!this.isOpen()) return false;
    this.socket?.send(JSON.stringify(message));
    return true;
  }

  sendBytes(bytes: ArrayBuffer): boolean {
    if (!this.isOpen()) return false;
    this.socket?.send(bytes);
    return true;
  }

  /** Forget the session: the next connection is a new visit. */
  forget(): void {
    this.session = null;
  }

  /** Close for good. */
  close(): void {
    this.closed = true;
    clearTimeout(this.retry);
    clearInterval(this.heartbeat);
    this.socket?.close(1000);
  }

  /** Drop the line as a broken network would; it is taken up again. */
  drop(): void {
    this.socket?.close(4000);
  }

  private isOpen(): boolean {
    return this.welcomed && this.socket?.readyState === WebSocket.OPEN;
  }

  private receive(data: unknown): void {
    this.lastHeard = Date.now();
    if (data instanceof ArrayBuffer) {
      this.options.onBytes(data);
      return;
    }
    const message = readMessage(data);
    if (message === null) return;
    if (message.type === "welcome") {
      this.session = message.session;
      this.attempts = 0;
      this.welcomed = true;
      this.options.onStatus("open");
    } else if (message.type === "goaway") {
      this.nextPauseMs = message.reconnect_in_s * 1000;
    }
    this.options.onMessage(message);
  }

  private beat(): void {
    if (Date.now() - this.lastHeard > SILENCE_MS) this.socket?.close(4000);
    else this.send({ type: "ping", id: "" });
  }

  private lose(code: number): void {
    clearInterval(this.heartbeat);
    this.socket = null;
    this.welcomed = false;
    if (this.closed) return;
    if (code === 1000) this.session = null; // the visit goes on elsewhere: taking it back would make the two fight for it
    const refused = code === 4401 || code === 4403;
    this.options.onStatus(refused ? "refused" : "lost");
    const grown = PAUSES_MS[Math.min(this.attempts, PAUSES_MS.length - 1)] ?? 8000;
    const pause = refused ? REFUSED_PAUSE_MS : (this.nextPauseMs ?? grown * (0.8 + 0.4 * Math.random()));
    this.attempts += 1;
    this.nextPauseMs = null;
    this.retry = setTimeout(() => this.connect(), pause);
  }
}

/** The message in a text frame; null for what is none, which is ignored as the wire says of unknown things. */
export function readMessage(data: unknown): ToClient | null {
  if (typeof data !== "string") return null;
  try {
    const value: unknown = JSON.parse(data);
    if (typeof value !== "object" || value === null || !("type" in value)) return null;
    return typeof value.type === "string" ? (value as ToClient) : null;
  } catch {
    return null;
  }
}
