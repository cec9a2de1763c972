/** The kiosk among others: it looks on and is seen by nobody. Who shows themselves near it is drawn on the plan. */

import { Company } from "../client/company";
import { decodePoses } from "../client/poses";
import type { Link } from "../client/socket";
import type { Store } from "../client/store";
import type { ToClient } from "../messages";
import type { State } from "./state";

const STAY_MS = 10_000;
/** The page is drawn anew for others at most so often; poses come twenty times a second. */
const DRAW_MS = 200;

export class Others {
  readonly company = new Company();
  private drawing: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly store: Store<State>,
    private readonly link: Link,
  ) {
    setInterval(() => this.stay(), STAY_MS);
    setInterval(() => this.company.tick(performance.now()) && this.changed(), 1000);
  }

  /** Look on from where the kiosk stands. */
  enter(): void {
    const shown = { name: "", visible: "nobody", world: "building", hears: false, shares: false } as const;
    this.link.send({ type: "enter", room: "building", ...shown });
  }

  take(message: ToClient): void {
    if (message.type === "welcome" && !message.resumed) this.enter();
    if (message.type === "entered") this.stay();
    if (this.company.take(message, performance.now())) this.changed();
  }

  takeBytes(bytes: ArrayBuffer): void {
    const frame = decodePoses(bytes);
    if (!frame) return;
    this.company.takePoses(frame);
    this.changed();
  }

  /** The line broke. */
  lost(): void {
    this.company.clear();
    this.changed();
  }

  /** Still there: without a pose one is forgotten. Guidance sends poses of its own, which must not be mixed with these. */
  private stay(): void {
    const { here, guiding } = this.store.state;
    if (this.company.entered && here && !guiding) this.link.send({ type: "pose", ...here });
  }

  private changed(): void {
    this.drawing ??= setTimeout(() => {
      this.drawing = undefined;
      this.store.set(({ othersChanged }) => ({ othersChanged: othersChanged + 1 }));
    }, DRAW_MS);
  }
}
