/** Our own icons, drawn as strokes on a grid of 24. */

import { html, svg, type TemplateResult } from "lit";

const PATHS = {
  mic: "M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3ZM6 11a6 6 0 0 0 12 0M12 17v4M9 21h6",
  ear: "M7 10a5.5 5.5 0 1 1 11 0c0 4.5-4 5-4 8a3 3 0 0 1-5.5 1.6M10 10a2.5 2.5 0 0 1 5 0c0 2-2 2-2 4",
  voice: "M4 10v4h3l5 4V6L7 10H4ZM15.5 9a4 4 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11",
  mute: "M4 10v4h3l5 4V6L7 10H4ZM16 10l4 4M20 10l-4 4",
  send: "M5 12h13M12.5 6.5 18 12l-5.5 5.5",
  search: "M10.5 4.5a6 6 0 1 1 0 12 6 6 0 0 1 0-12ZM15 15l5 5",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  whole: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
  list: "M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01",
  close: "M6 6l12 12M18 6 6 18",
  walk: "M13 4.5a1 1 0 1 0 0 .01M9.5 21l2-5.5L9 13l1-5 3-1 2 3 3 1M8 11l2-3M11.5 15.5 14 17l1 4",
  pause: "M9 5v14M15 5v14",
  aside: "M12 21v-7l6-5M18 14V9h-5M12 14 6.5 8.5M12 3v2",
  stop: "M7 7h10v10H7Z",
  check: "M5 12.5 10 17 19 7",
  book: "M5 5.5A2.5 2.5 0 0 1 7.5 3H19v15H7.5A2.5 2.5 0 0 0 5 20.5v-15ZM5 20.5A2.5 2.5 0 0 0 7.5 21H19v-3M9 7.5h6",
  stairs: "M4 19h4v-4h4v-4h4V7h4",
  elevator: "M5 3.5h14v17H5ZM12 3.5v17M7.3 10.5l1.2-1.7 1.2 1.7M14.3 13.5l1.2 1.7 1.2-1.7",
  escalator: "M4 18h4L17 7h3M8 8.5a1 1 0 1 0 0 .01M8 11v4",
  restroom: "M8 4.5a1 1 0 1 0 0 .01M16 4.5a1 1 0 1 0 0 .01M8 7.5l-2.5 7H7V20h2v-5.5h1.5ZM14 8h4v6h-1v6h-2v-6h-1ZM12 4v16",
  wheelchair: "M10 4.5a1 1 0 1 0 0 .01M10 7.5v5h5l2.5 5.5H19M10 10h4M8.5 11.5a4.5 4.5 0 1 0 5.5 6",
  water: "M12 3.5c3 4 5 6.5 5 10a5 5 0 0 1-10 0c0-3.5 2-6 5-10ZM10 14a2 2 0 0 0 2 2",
  info: "M12 7.5a.6.6 0 1 0 0 .01M10 11h2v6M9.5 17h5",
  print: "M7 8V4h10v4M7 16H4.5V8.5h15V16H17M7 13.5h10V20H7Z",
  cafe: "M5 8h11v6a4 4 0 0 1-4 4H9a4 4 0 0 1-4-4ZM16 9.5h1.5a2.5 2.5 0 0 1 0 5H16M8.5 3.5v2M12.5 3.5v2",
  door: "M6 20.5V4h9v16.5M4 20.5h16M12 12.5v.01",
  locker: "M5 4h14v16H5ZM12 4v16M9.5 8v2M14.5 8v2",
  plug: "M9 4v5M15 4v5M6.5 9h11v3a5.5 5.5 0 0 1-11 0ZM12 17.5V21",
  baby: "M12 5a3 3 0 1 0 0 .01M7 20v-4l2-4h6l2 4v4M9.5 20v-3h5v3",
  desk: "M4 10h16M6 10v9M18 10v9M9 6h6v4H9Z",
  chair: "M8 4v9h8M8 13v7M16 13v7M16 9v4",
  first: "M9 4h6v5h5v6h-5v5H9v-5H4V9h5Z",
  dot: "M12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6Z",
  turnLeft: "M9 6 5 10l4 4M5 10h8a5 5 0 0 1 5 5v4",
  turnRight: "M15 6l4 4-4 4M19 10h-8a5 5 0 0 0-5 5v4",
  straight: "M12 20V5M6.5 10.5 12 5l5.5 5.5",
  flag: "M6 21V4h11l-2.5 4L17 12H6",
  clock: "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16ZM12 8v4.5l3 2",
  pin: "M12 21c4-5 6-8 6-11a6 6 0 0 0-12 0c0 3 2 6 6 11ZM12 8a2 2 0 1 1 0 4 2 2 0 0 1 0-4Z",
  again: "M5 12a7 7 0 1 1 2.5 5.4M5 18v-4.5h4.5",
  fire: "M12 3.5c.5 3.5 5 5.5 5 10.500a5 5 0 0 1-10 0c0-2 1-3.5 2-4.5.3 1.5 1 2.3 1.8 2.5-.6-3 .2-6.5 1.2-8.500Z",
  people: "M8 5.500a1.5 1.5 0 1 0 0 .01M16 5.500a1.5 1.5 0 1 0 0 .01M5 19v-6a3 3 0 0 1 6 0v6M13 19v-6a3 3 0 0 1 6 0v6",
  umbrella: "M12 4a8 8 0 0 1 8 8H4a8 8 0 0 1 8-8ZM12 12v6a2 2 0 0 0 4 0M12 4V2.8",
  help: "M12 3.500a8.500 8.500 0 1 1 0 17 8.500 8.500 0 0 1 0-17ZM9.600 9.500a2.500 2.500 0 1 1 3.600 2.200c-.8.400-1.200 1-1.200 1.800v.3M12 16.800v.01",
  phone: "M8 3h8a1.500 1.500 0 0 1 1.500 1.500v15A1.500 1.500 0 0 1 16 21H8a1.500 1.500 0 0 1-1.500-1.500v-15A1.500 1.500 0 0 1 8 3ZM11 18h2",
  warn: "M12 4 21 19.5H3ZM12 10v4.5M12 17v.01",
} as const;

export type IconName = keyof typeof PATHS;

export function iconPath(name: IconName): string {
  return PATHS[name];
}

export function icon(name: IconName): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${svg`<path d=${PATHS[name]} />`}</svg>`;
}

const CATEGORIES: readonly (readonly [RegExp, IconName])[] = [
  [/fire/, "fire"],
  [/meeting|assembly/, "people"],
  [/lost/, "umbrella"],
  [/rescue/, "wheelchair"],
  [/restroom.*(wheelchair|accessible|unisex)|wheelchair/, "wheelchair"],
  [/restroom|toilet|shower/, "restroom"],
  [/elevator|lift/, "elevator"],
  [/escalator/, "escalator"],
  [/stair|steps|ramp/, "stairs"],
  [/drinking|fountain|water/, "water"],
  [/photo|copy|copier|print|scan|fax/, "print"],
  [/locker|luggage|coat|cloak/, "locker"],
  [/charging|power|outlet/, "plug"],
  [/mother|baby|nursing|family/, "baby"],
  [/firstaid|aed|defib|medical/, "first"],
  [/food|cafe|coffee|vending|snack/, "cafe"],
  [/information|help|service|reception|checkin/, "info"],
  [/return|circulation|library|book|checkout/, "book"],
  [/desk|workstation|computer|internet/, "desk"],
  [/seat|lounge|chair|sofa/, "chair"],
  [/entr|exit|door/, "door"],
  [/kiosk|catalog|search/, "search"],
];

/** The icon of an IMDF amenity category. */
export function iconOfCategory(category: string): IconName {
  return CATEGORIES.find(([pattern]) => pattern.test(category.toLowerCase()))?.[1] ?? "dot";
}

/** The icon of a step: its kind, and for a turn the side its text or angle names. */
export function iconOfStep(kind: string, text: string): IconName {
  if (/stairs/.test(kind)) return "stairs";
  if (/elevator|lift/.test(kind)) return "elevator";
  if (/escalator/.test(kind)) return "escalator";
  if (/arrive/.test(kind)) return "flag";
  if (/enter/.test(kind)) return "door";
  if (/turn/.test(kind)) return /right|右/i.test(text) ? "turnRight" : /left|左/i.test(text) ? "turnLeft" : "straight";
  return "straight";
}
