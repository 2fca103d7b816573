import type { VirtualClock } from "./clock";

/** The calls that are being answered at this moment, with the times (epoch ms) at which they came. */
export class RunningCalls {
  private readonly startedAt = new Map<number, number>();

  constructor(private readonly clock: VirtualClock) {}

  start(n: number): void {
    this.startedAt.set(n, this.clock.now());
  }

  end(n: number): void {
    this.startedAt.delete(n);
  }

  /** How many have been running for more than `ms`. */
  countLongerThan(ms: number): number {
    const before = this.clock.now() - ms;
    let count = 0;
    for (const at of this.startedAt.values()) if (at < before) count++;
    return count;
  }
}
