import type { APIRequestContext } from "@playwright/test";

export type Fault = {
  match: { method?: string; path?: string; nth?: number };
  do: { status?: number; body?: unknown; delayMs?: number };
};

/** The doors of one simulated cloud, for what a page cannot do: trouble, slowness, many people at once. */
export class Sandbox {
  constructor(
    readonly url: string,
    private readonly request: APIRequestContext,
  ) {}

  /** Plays a person or an administrator. @throws Error with the cloud's own words when it refuses. */
  async act<T>(action: string, fields: Record<string, unknown> = {}): Promise<T> {
    const answer = await this.send("POST", "act", { action, ...fields });
    return (answer as { result: T }).result;
  }

  /** Replaces the faults in force; [] = none. */
  async setFaults(faults: Fault[]): Promise<void> {
    await this.send("PUT", "faults", faults);
  }

  /** Every call takes so much longer, ms. */
  async setLatency(latencyMs: number): Promise<void> {
    await this.send("PUT", "limits", { latencyMs });
  }

  /** How much later than a write its search shows a record, ms. */
  async setIndexLag(indexLagMs: number): Promise<void> {
    await this.send("PUT", "limits", { indexLagMs });
  }

  /** Asks Salesforce as an integration does. */
  async query<T>(soql: string): Promise<T[]> {
    const answer = await this.request.get(`${this.url}/services/data/v67.0/query?q=${encodeURIComponent(soql)}`, {
      headers: { authorization: "Bearer 00D000000000001AAA!sandbox" },
    });
    const text = await answer.text();
    if (!answer.ok()) throw new Error(`Salesforce refused the query: ${text}`);
    return (JSON.parse(text) as { records: T[] }).records;
  }

  private async send(method: string, door: string, data: unknown): Promise<unknown> {
    const answer = await this.request.fetch(`${this.url}/__sandbox/${door}`, { method, data: JSON.stringify(data) });
    const text = await answer.text();
    if (!answer.ok()) throw new Error(`The sandbox refused ${door}: ${text}`);
    return JSON.parse(text);
  }
}
