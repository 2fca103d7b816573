/** The only clock of a sandbox: real time plus an offset that a test may set, in epoch milliseconds. */
export class VirtualClock {
  private offset = 0;

  /** Now, in epoch milliseconds. */
  now(): number {
    return Date.now() + this.offset;
  }

  /** Moves the clock by `ms` against real time (negative = into the past); replaces an earlier offset. */
  setOffset(ms: number): void {
    this.offset = ms;
  }
}
