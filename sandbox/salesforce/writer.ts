/** Undo steps of one request that must succeed or fail as a whole; `outer` = the transaction that it is a part of. */
export class Transaction {
  private undo: (() => void)[] = [];
  private after: (() => void)[] = [];

  constructor(private readonly outer?: Transaction) {}

  add(step: () => void): void {
    this.undo.push(step);
  }

  /** Does something once all of it has succeeded: others learn of changes only then. */
  afterCommit(step: () => void): void {
    this.after.push(step);
  }

  commit(): void {
    const steps = this.after;
    this.after = [];
    if (this.outer) {
      this.outer.add(() => this.rollBack());
      for (const step of steps) this.outer.afterCommit(step);
    } else for (const step of steps) step();
  }

  rollBack(): void {
    for (const step of this.undo.reverse()) step();
    this.undo = [];
    this.after = [];
  }
}

/** Who writes and how. `byHand` = a person on the pages or through the test doors, not an API client. */
export type Writer = {
  userId: string;
  version: string;
  allowDuplicates?: boolean;
  byHand?: boolean;
  tx?: Transaction | undefined;
  /** The interface that was called, and how the client named itself: the `changeOrigin` of change events. */
  origin?: { api: string; client?: string | undefined };
  /** Shared by all writes of one request. */
  transaction?: { key: string; next: number };
  /** `Sforce-Auto-Assign`: false = lead assignment rules are passed over. */
  autoAssign?: boolean;
};
export type Fields = Record<string, unknown>;
