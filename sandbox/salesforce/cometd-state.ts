import { randomBytes } from "node:crypto";

export type Subscription = { channel: string; cursor: number };
export type CometClient = {
  id: string;
  token: string;
  subscriptions: Map<string, Subscription>;
  /** When the last answer left, epoch ms; undefined while a poll is held. */
  idleSince: number | undefined;
  connects: number;
  /** Ends the poll that is held now: a newer one takes its place. */
  release?: (() => void) | undefined;
};

/** Without a new poll for 40 s a client is forgotten (wire.md A.3.3). */
const FORGOTTEN_MS = 40_000;
export const MAX_CLIENTS = 1_000;

/** The streaming clients of a server, and what was delivered today. Lost by a restart, as with the real service's nodes. */
export class CometClients {
  private clients = new Map<string, CometClient>();
  /** A poll is answered after so many ms at the latest; lower in tests only. */
  maxHoldMs = 110_000;

  constructor(private readonly now: () => number) {}

  clear(): void {
    for (const client of this.clients.values()) client.release?.();
    this.clients.clear();
    this.maxHoldMs = 110_000;
  }

  /** Undefined when too many are connected. */
  open(token: string): CometClient | undefined {
    this.forgetIdle();
    if (this.clients.size >= MAX_CLIENTS) return undefined;
    const id = randomBytes(16).toString("hex");
    const client: CometClient = { id, token, subscriptions: new Map(), idleSince: this.now(), connects: 0 };
    this.clients.set(id, client);
    return client;
  }

  find(id: unknown): CometClient | undefined {
    this.forgetIdle();
    return typeof id === "string" ? this.clients.get(id) : undefined;
  }

  close(client: CometClient): void {
    client.release?.();
    this.clients.delete(client.id);
  }

  list(): CometClient[] {
    this.forgetIdle();
    return [...this.clients.values()];
  }

  private forgetIdle(): void {
    const since = this.now() - FORGOTTEN_MS;
    for (const client of this.clients.values())
      if (client.idleSince !== undefined && client.idleSince < since) this.clients.delete(client.id);
  }
}
