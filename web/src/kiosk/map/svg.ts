/** Making SVG elements, and the paths of shapes in map metres. */

import type { XY } from "../../client/geometry";

const NS = "http://www.w3.org/2000/svg";

export function el<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Record<string, string | number> = {},
  ...children: (SVGElement | string)[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

const short = (value: number) => value.toFixed(3).replace(/\.?0+$/, "");

export function pathOfLine(points: readonly XY[], closed = false): string {
  const line = points.map(([x, y], i) => `${i ? "L" : "M"}${short(x)} ${short(y)}`).join("");
  return closed ? `${line}Z` : line;
}

export function pathOfShape(shape: readonly (readonly (readonly XY[])[])[]): string {
  return shape.flat().map((ring) => pathOfLine(ring, true)).join("");
}

/** Width of a text in em: full for CJK, about half for Latin. */
export function emWidth(text: string): number {
  let width = 0;
  for (const char of text) width += /[\u2e80-\uffff]/.test(char) ? 1 : /[A-Z0-9mwMW]/.test(char) ? 0.66 : 0.52;
  return width;
}
