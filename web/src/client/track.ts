/** What is said and shown when: the captions and mouth shapes of one utterance on its sample clock. */

import type { SpeechClause, TimedWord } from "../messages";

/** A piece of a caption and the time it is spoken, seconds from the utterance's start. */
export interface Piece {
  readonly text: string;
  readonly start_s: number;
  readonly end_s: number;
}

export class Track {
  private readonly clauses: SpeechClause[] = [];
  private readonly pieces: Piece[][] = [];

  constructor(
    readonly utterance: number,
    readonly lang: "en" | "zh",
    readonly of: string,
  ) {}

  add(clause: SpeechClause): void {
    this.clauses.push(clause);
    this.pieces.push(cutCaption(clause.text, clause.words, clause.start_s, clause.end_s));
  }

  /** Index of the clause heard at `t`; the last one begun, 0 before the first, −1 when none has come. */
  clauseAt(t: number): number {
    for (let index = this.clauses.length - 1; index > 0; index--) {
      if ((this.clauses[index]?.start_s ?? 0) <= t + 1e-6) return index;
    }
    return this.clauses.length - 1 < 0 ? -1 : 0;
  }

  piecesOf(clause: number): readonly Piece[] {
    return this.pieces[clause] ?? [];
  }

  textOf(clause: number): string {
    return this.clauses[clause]?.text ?? "";
  }

  /** The mouth shape held at `t`, "sil" between and outside. */
  visemeAt(t: number): string {
    const shapes = this.clauses[this.clauseAt(t)]?.visemes ?? [];
    let low = 0;
    let high = shapes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((shapes[middle]?.start_s ?? 0) <= t) low = middle + 1;
      else high = middle;
    }
    const shape = shapes[low - 1];
    return shape && t < shape.end_s ? shape.name : "sil";
  }

  get end_s(): number {
    return this.clauses.at(-1)?.end_s ?? 0;
  }
}

/** Index of the piece spoken at `t`: the last one begun, −1 before the first. */
export function pieceAt(pieces: readonly Piece[], t: number): number {
  let found = -1;
  pieces.forEach((piece, index) => {
    if (piece.start_s <= t) found = index;
  });
  return found;
}

/**
 * Cut a caption into pieces that light up as they are spoken. Words are found in the text in order; what is written
 * otherwise than it is spoken ("2 m" is said "two metres") becomes one piece with the time of those words. The pieces
 * joined are the text, unchanged.
 */
export function cutCaption(text: string, words: readonly TimedWord[], start: number, end: number): Piece[] {
  const lower = text.toLowerCase();
  const pieces: { text: string; start_s: number; end_s: number }[] = [];
  let cursor = 0;
  let unplaced: TimedWord[] = [];
  const push = (upTo: number, from_s: number, to_s: number) => {
    if (upTo <= cursor) return;
    pieces.push({ text: text.slice(cursor, upTo), start_s: from_s, end_s: to_s });
    cursor = upTo;
  };
  const gap = (upTo: number, before_s: number) => {
    if (upTo <= cursor) return;
    const last = pieces.at(-1);
    const first = unplaced[0];
    if (first && /[\p{L}\p{N}]/u.test(text.slice(cursor, upTo))) push(upTo, first.start_s, before_s);
    else if (last) {
      last.text += text.slice(cursor, upTo);
      cursor = upTo;
    }
  };
  for (const word of words) {
    const token = word.text.trim().toLowerCase();
    const found = token ? lower.indexOf(token, cursor) : -1;
    if (found < 0 || found - cursor > 40) {
      unplaced.push(word);
      continue;
    }
    gap(found, word.start_s);
    push(found + token.length, word.start_s, word.end_s);
    unplaced = [];
  }
  gap(text.length, end);
  push(text.length, unplaced[0]?.start_s ?? start, end);
  return pieces;
}
