/**
 * How the page was opened: with a key that admits it, with a way that a reader takes along from a kiosk. Both stand in
 * the fragment of the address, which is never sent to a server.
 */

import type { Spot } from "../client/walker";
import type { Lang, Profile } from "./state";

/** A way to take along: where to, from where, for whom. */
export interface Way {
  readonly to: { readonly record_id?: string; readonly to?: string };
  readonly from: Spot | null;
  readonly profile: Profile;
  readonly lang: Lang;
}

export interface Entry {
  readonly key: string | null;
  readonly way: Way | null;
}

const KEPT = "shelfway-key";

/** What a fragment says; parts that make no sense count as absent. */
export function readEntry(hash: string): Entry {
  const parts = new URLSearchParams(hash.replace(/^#/, ""));
  const record_id = parts.get("record");
  const to = parts.get("to");
  const goal = record_id ? { record_id } : to ? { to } : null;
  const way: Way | null = goal && {
    to: goal,
    from: spotOf(parts.get("from")),
    profile: parts.get("profile") === "step-free" ? "step-free" : "walk",
    lang: parts.get("lang") === "zh" ? "zh" : "en",
  };
  return { key: parts.get("key") || null, way };
}

/** Read the page's address, keep the key for the tab and take it out of what is shown. */
export function enter(place: Location, store: Storage | null, replace: (url: string) => void): Entry {
  const { key, way } = readEntry(place.hash);
  if (key) {
    store?.setItem(KEPT, key);
    const rest = new URLSearchParams(place.hash.slice(1));
    rest.delete("key");
    const hash = rest.toString();
    replace(`${place.pathname}${place.search}${hash ? `#${hash}` : ""}`);
  }
  return { key: key ?? store?.getItem(KEPT) ?? null, way };
}

/** The address that opens a way on a phone. `handoff`: what the server says of it in `welcome`; `own`: this page's. */
export function wayAddress(way: Way, handoff: string, own: string): URL {
  const url = new URL(handoff || "/", new URL("/", own));
  const parts = new URLSearchParams(url.hash.slice(1));
  for (const [name, value] of [["record", way.to.record_id], ["to", way.to.to]] as const) if (value) parts.set(name, value);
  if (way.from) parts.set("from", [mm(way.from.east_m), mm(way.from.north_m), way.from.level].join(","));
  if (way.profile !== "walk") parts.set("profile", way.profile);
  parts.set("lang", way.lang);
  url.hash = parts.toString();
  return url;
}

/** Whether only the machine that shows the page can open the address. */
export function isOwnMachine(url: URL): boolean {
  return /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
}

/** To the millimetre, as the server gives positions. */
function mm(metres: number): number {
  return Number(metres.toFixed(3));
}

function spotOf(text: string | null): Spot | null {
  const numbers = (text ?? "").split(",").map(Number);
  const [east_m, north_m, level] = numbers;
  if (numbers.length !== 3 || !numbers.every(Number.isFinite)) return null;
  return { east_m: east_m ?? 0, north_m: north_m ?? 0, level: Math.round(level ?? 0), heading_deg: null };
}
