/** What the reader can do on the page; views call these and nothing else. */

import type { ItemBody, PlaceBody, Suggestion } from "../../messages";
import type { Lang, Profile } from "../state";

export interface Actions {
  readonly ask: (text: string) => void;
  readonly draft: (text: string) => void;
  readonly suggestMove: (by: 1 | -1) => void;
  readonly choose: (suggestion: Suggestion) => void;
  /** Ask what is typed, or what the keys stand on in the list. */
  readonly send: () => void;
  readonly suggestClose: () => void;
  /** Put the beginning of a question into the box, for the reader to finish. */
  readonly begin: (text: string) => void;
  readonly setLang: (lang: Lang) => void;
  readonly setSpeech: (on: boolean) => void;
  readonly hush: () => void;
  readonly talkPress: () => void;
  readonly talkRelease: () => void;
  readonly toggleOpen: () => void;
  readonly guideItem: (item: ItemBody) => void;
  readonly guidePlace: (id: string) => void;
  readonly showItem: (item: ItemBody) => void;
  readonly showPlace: (place: PlaceBody) => void;
  readonly stopGuide: () => void;
  readonly setProfile: (profile: Profile) => void;
  readonly walk: () => void;
  readonly walkSpeed: (speed: 1 | 4) => void;
  readonly leavePath: () => void;
  readonly showLevel: (level: number) => void;
  readonly zoom: (factor: number) => void;
  readonly resetView: () => void;
  readonly toggleDirectory: () => void;
  readonly pick: (id: string | null) => void;
  readonly openHelp: () => void;
  readonly openHandoff: () => void;
  readonly closeDialog: () => void;
  readonly startOver: () => void;
  readonly stay: () => void;
  readonly endVisit: () => void;
}
