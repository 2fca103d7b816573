import type { WaitForMore } from "./drain-woken";

type Work = (connectionId: string, waitForMore: WaitForMore) => Promise<void>;

/**
 * Turns signals into work: one go at a time per connection, and none is lost. A signal during a go either ends its
 * waiting or starts another go after it.
 */
export class WakeLoop {
  private readonly running = new Map<string, { signalled: boolean; wake: () => void }>();
  private isStopped = false;

  constructor(
    private readonly work: Work,
    private readonly onError: (error: unknown, connectionId: string) => void,
  ) {}

  wake(connectionId: string): void {
    if (this.isStopped) return;
    const known = this.running.get(connectionId);
    if (known) {
      known.signalled = true;
      known.wake();
      return;
    }
    void this.run(connectionId);
  }

  /** Ends all waiting; resolves when the goes under way are done. */
  async stop(): Promise<void> {
    this.isStopped = true;
    while (this.running.size > 0) {
      for (const { wake } of this.running.values()) wake();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  private async run(connectionId: string): Promise<void> {
    const state = { signalled: true, wake: () => {} };
    this.running.set(connectionId, state);
    while (state.signalled && !this.isStopped) {
      state.signalled = false;
      try {
        await this.work(connectionId, (ms) => this.waitForMore(state, ms));
      } catch (error) {
        this.onError(error, connectionId);
      }
    }
    this.running.delete(connectionId);
  }

  private async waitForMore(state: { signalled: boolean; wake: () => void }, ms: number): Promise<boolean> {
    if (!state.signalled && !this.isStopped) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        state.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    const wasSignalled = state.signalled && !this.isStopped;
    state.signalled = false;
    return wasSignalled;
  }
}
