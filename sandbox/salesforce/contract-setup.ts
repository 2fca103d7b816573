import { Connection } from "jsforce";
import type { Sandbox } from "../shared/serve";
import { FIXED_SESSION } from "./routes/context";

export type Reply = { status: number; headers: Headers; text: string; body: unknown };

/** What contract tests need besides the client: test doors and plain calls with the fixed session. */
export class OrgProbe {
  constructor(private readonly sandbox: Sandbox) {}

  /** A fresh, unmodified client. */
  connect(options: { client?: string; version?: string } = {}): Connection {
    return new Connection({
      instanceUrl: this.sandbox.url,
      accessToken: FIXED_SESSION,
      version: options.version ?? "67.0",
      ...(options.client ? { callOptions: { client: options.client } } : {}),
    });
  }

  async reset(): Promise<void> {
    await fetch(`${this.sandbox.url}/__sandbox/reset`, { method: "POST" });
  }

  /** Sets one of the test doors (`faults`, `limits`, `clock`). */
  async door(path: string, body: unknown): Promise<void> {
    await fetch(`${this.sandbox.url}/__sandbox/${path}`, { method: "PUT", body: JSON.stringify(body) });
  }

  async moveClock(offsetMs: number): Promise<void> {
    await this.door("clock", { offsetMs });
  }

  /** Plays a user action. Rejects with the door's own message. */
  async act<T = Record<string, string>>(action: string, fields: object = {}): Promise<T> {
    const reply = await fetch(`${this.sandbox.url}/__sandbox/act`, {
      method: "POST",
      body: JSON.stringify({ action, ...fields }),
    });
    const body = (await reply.json()) as { result: T; error?: string };
    if (!reply.ok) throw new Error(body.error);
    return body.result;
  }

  /** One call under `/services/data/v67.0`; a text body goes as CSV, anything else as JSON. */
  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    const reply = await fetch(`${this.sandbox.url}/services/data/v67.0${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${FIXED_SESSION}`,
        "Content-Type": typeof body === "string" ? "text/csv" : "application/json",
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await reply.text();
    const isJson = /json/.test(reply.headers.get("Content-Type") ?? "") && text !== "";
    return { status: reply.status, headers: reply.headers, text, body: isJson ? JSON.parse(text) : undefined };
  }
}
