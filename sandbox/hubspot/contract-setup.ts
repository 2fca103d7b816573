import { Client } from "@hubspot/api-client";
import type { Sandbox } from "../shared/serve";
import { startHubSpotSandbox } from "./server";

/** A running sandbox with the unmodified client pointed at it, and short ways to its test doors. */
export type Bench = {
  sandbox: Sandbox;
  client: Client;
  call(method: string, path: string, body?: unknown): Promise<{ status: number; headers: Headers; body: Body }>;
  act(action: string, fields?: Record<string, unknown>): Promise<DoorReply["result"]>;
  door(method: "PUT" | "POST" | "DELETE" | "GET", path: string, body?: unknown): Promise<DoorReply>;
};

/** The fields of any answer that the tests look at; which of them are there depends on the call. */
export type Body = {
  id: string;
  status: string;
  message: string;
  category: string;
  subCategory: string;
  correlationId: string;
  total: number;
  numErrors: number;
  results: { id: string; properties: Record<string, string | null> }[];
  errors: { code: string; message: string }[];
  properties: Record<string, string | null>;
  paging: { next: { after: string } };
  access_token: string;
  refresh_token: string;
  active: boolean;
  scopes: string[];
};
type DoorReply = { error?: string; result: { id: string; properties: Record<string, string> } };

export const TOKEN = "pat-na1-sandbox";

/** Starts a sandbox with `contacts` persons in its world, search without delay, and a client with the private token. */
export async function openBench(contacts = 0, indexLagMs = 0): Promise<Bench> {
  const sandbox = await startHubSpotSandbox({ contacts });
  const client = new Client({ basePath: sandbox.url, accessToken: TOKEN, numberOfApiCallRetries: 0 });
  const door: Bench["door"] = async (method, path, body) => {
    const response = await fetch(`${sandbox.url}/__sandbox/${path}`, {
      method,
      headers: { "Content-Type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return (await response.json()) as DoorReply;
  };
  await door("PUT", "limits", { indexLagMs });
  return {
    sandbox,
    client,
    door,
    act: async (action, fields = {}) => {
      const reply = await door("POST", "act", { action, ...fields });
      if (reply.error) throw new Error(`${action}: ${reply.error}`);
      return reply.result;
    },
    call: async (method, path, body) => {
      const response = await client.apiRequest({ method, path, ...(body === undefined ? {} : { body }) });
      const text = await response.text();
      const parsed = (text === "" ? {} : JSON.parse(text)) as Body;
      return { status: response.status, headers: response.headers as unknown as Headers, body: parsed };
    },
  };
}

/** The status and HubSpot's body of a refused typed call. */
export async function refusal(work: Promise<unknown>): Promise<{ status: number; body: Body }> {
  try {
    await work;
  } catch (error) {
    const { code, body } = error as { code: number; body: unknown };
    return { status: code, body: (typeof body === "string" ? JSON.parse(body) : body) as Body };
  }
  throw new Error("the call was expected to be refused");
}
