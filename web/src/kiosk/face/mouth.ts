/** The 15 mouth shapes of the wire as numbers, and the drawing of a mouth from numbers. Units of the face's drawing. */

export interface MouthShape {
  /** Half the distance of the corners. */
  readonly width: number;
  /** Opening between the lips. */
  readonly open: number;
  /** How much of the upper teeth shows, 0…1. */
  readonly teeth: number;
  /** How far the tongue is raised, 0…1. */
  readonly tongue: number;
  /** How far the corners are lifted. */
  readonly smile: number;
  /** Fullness of the lips; pressed lips are thin, rounded ones full. */
  readonly lips: number;
}

const shape = (width: number, open: number, teeth: number, tongue: number, smile: number, lips: number): MouthShape => ({
  width, open, teeth, tongue, smile, lips,
});

export const MOUTHS: Readonly<Record<string, MouthShape>> = {
  sil: shape(15.5, 0, 0, 0, 2.6, 1),
  PP: shape(13.5, 0, 0, 0, 1, 0.6),
  FF: shape(14.5, 2.6, 1, 0, 1, 0.7),
  TH: shape(14.5, 5, 0.7, 1, 1, 0.9),
  DD: shape(14.5, 5.5, 0.8, 0.6, 1.2, 0.9),
  kk: shape(14, 6.5, 0.4, 0.2, 1, 0.95),
  CH: shape(10.5, 6.5, 1, 0.2, 0, 1.3),
  SS: shape(16, 3.2, 1, 0.1, 1.8, 0.85),
  nn: shape(14, 4.5, 0.6, 0.8, 1.2, 0.95),
  RR: shape(11, 5.5, 0.5, 0.3, 0.3, 1.2),
  aa: shape(14.5, 15, 0.5, 0.35, 0.8, 1),
  E: shape(17, 9.5, 0.7, 0.35, 1.8, 0.95),
  ih: shape(16.2, 6.5, 0.8, 0.3, 1.8, 0.95),
  oh: shape(10.5, 12.5, 0.1, 0.15, 0, 1.25),
  ou: shape(7.2, 7, 0, 0, -0.4, 1.5),
};

const SILENT = MOUTHS["sil"] as MouthShape;

export function mouthOf(viseme: string): MouthShape {
  return MOUTHS[viseme] ?? SILENT;
}

/** A shape on the way from one to another, `part` from 0 to 1. */
export function blend(from: MouthShape, to: MouthShape, part: number): MouthShape {
  const mix = (a: number, b: number) => a + (b - a) * part;
  return {
    width: mix(from.width, to.width),
    open: mix(from.open, to.open),
    teeth: mix(from.teeth, to.teeth),
    tongue: mix(from.tongue, to.tongue),
    smile: mix(from.smile, to.smile),
    lips: mix(from.lips, to.lips),
  };
}

const n = (value: number) => value.toFixed(2);

/** Outline of the lips, around the origin. */
export function lipsPath({ width: w, open, smile, lips }: MouthShape): string {
  const up = open * 0.38 + 3.1 * lips;
  const down = open * 0.62 + 4.2 * lips;
  const c = -smile;
  return (
    `M${n(-w)} ${n(c)}C${n(-w * 0.62)} ${n(-up * 0.75 + c * 0.4)} ${n(-w * 0.3)} ${n(-up * 1.15)} 0 ${n(-up * 0.82)}` +
    `C${n(w * 0.3)} ${n(-up * 1.15)} ${n(w * 0.62)} ${n(-up * 0.75 + c * 0.4)} ${n(w)} ${n(c)}` +
    `C${n(w * 0.7)} ${n(down * 0.82)} ${n(w * 0.36)} ${n(down * 1.06)} 0 ${n(down * 1.06)}` +
    `C${n(-w * 0.36)} ${n(down * 1.06)} ${n(-w * 0.7)} ${n(down * 0.82)} ${n(-w)} ${n(c)}Z`
  );
}

/** The opening between the lips; a line when they are closed. */
export function openingPath({ width: w, open, smile }: MouthShape): string {
  const inner = w * 0.9;
  const c = -smile * 0.9;
  const up = open * 0.38 - smile * 0.25;
  const down = open * 0.66 + smile * 0.42;
  return (
    `M${n(-inner)} ${n(c)}Q${n(-inner * 0.45)} ${n(-up)} 0 ${n(-up * 0.9)}Q${n(inner * 0.45)} ${n(-up)} ${n(inner)} ${n(c)}` +
    `Q${n(inner * 0.55)} ${n(down)} 0 ${n(down)}Q${n(-inner * 0.55)} ${n(down)} ${n(-inner)} ${n(c)}Z`
  );
}
