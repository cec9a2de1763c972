/** A small store: one immutable state, changed by patches, listeners told once per change. */

export type Patch<S> = Partial<S> | ((state: S) => Partial<S>);

export class Store<S extends object> {
  private readonly listeners = new Set<(state: S, before: S) => void>();

  constructor(private current: S) {}

  get state(): Readonly<S> {
    return this.current;
  }

  /** Merge a patch. Listeners are not called when no field changed. */
  set(patch: Patch<S>): void {
    const before = this.current;
    const changes = typeof patch === "function" ? patch(before) : patch;
    const keys = Object.keys(changes) as (keyof S)[];
    if (keys.every((key) => Object.is(before[key], changes[key]))) return;
    this.current = { ...before, ...changes };
    for (const listener of [...this.listeners]) listener(this.current, before);
  }

  /** Call `listener` after each change; the returned function ends it. */
  subscribe(listener: (state: S, before: S) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
