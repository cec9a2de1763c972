/** When has the reader finished speaking? For a tapped microphone button, which has no letting go. */

const SPEECH_LEVEL = 0.45;
const QUIET_LEVEL = 0.35;
const FRAME_S = 0.02;

/** Fed with frames of 20 ms; answers true once, after speech has been followed by enough quiet, or at the limit. */
export class Endpoint {
  private spoken_s = 0;
  private quiet_s = 0;
  private total_s = 0;

  constructor(
    private readonly quietNeeded_s = 1.4,
    private readonly limit_s = 15,
  ) {}

  feed(level: number): boolean {
    this.total_s += FRAME_S;
    if (level >= SPEECH_LEVEL) this.spoken_s += FRAME_S;
    this.quiet_s = level < QUIET_LEVEL ? this.quiet_s + FRAME_S : 0;
    if (this.total_s >= this.limit_s) return true;
    return this.spoken_s >= 0.2 && this.quiet_s >= this.quietNeeded_s;
  }
}
