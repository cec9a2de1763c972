/** Suggestions while the reader types: asked for when the keys rest, an old answer never shown over a newer one. */

import type { Store } from "../client/store";
import type { SuggestBody, Suggestion } from "../messages";
import type { State } from "./state";

const REST_MS = 120;

export class Suggesting {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asking: AbortController | null = null;

  constructor(
    private readonly store: Store<State>,
    private readonly url = "/v1/suggest",
  ) {}

  /** The reader has typed. */
  typed(draft: string): void {
    this.store.set({ draft, suggestAt: -1 });
    clearTimeout(this.timer);
    if (draft.trim().length < 1) return this.close();
    this.timer = setTimeout(() => void this.load(draft.trim()), REST_MS);
  }

  /** Go up or down the list, round its ends; −1 is the box itself. */
  move(by: 1 | -1): void {
    const { suggestions, suggestAt } = this.store.state;
    const places = suggestions.length + 1;
    if (places > 1) this.store.set({ suggestAt: ((suggestAt + 1 + by + places) % places) - 1 });
  }

  /** The suggestion that the keys stand on. */
  current(): Suggestion | null {
    const { suggestions, suggestAt } = this.store.state;
    return suggestions[suggestAt] ?? null;
  }

  close(): void {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.asking = null;
    if (this.store.state.suggestions.length) this.store.set({ suggestions: [], suggestAt: -1 });
  }

  private async load(text: string): Promise<void> {
    this.asking?.abort();
    const asking = new AbortController();
    this.asking = asking;
    try {
      const query = new URLSearchParams({ q: text.slice(0, 100), lang: this.store.state.lang });
      const reply = await fetch(`${this.url}?${query}`, { signal: asking.signal });
      const found = reply.ok ? ((await reply.json()) as SuggestBody).suggestions : [];
      if (this.asking === asking) this.store.set({ suggestions: found, suggestAt: -1 });
    } catch {
      if (this.asking === asking) this.store.set({ suggestions: [], suggestAt: -1 }); // the box works without them
    }
  }
}
