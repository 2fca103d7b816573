import { Hono } from "hono";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { CallLog } from "./call-log";
import { VirtualClock } from "./clock";
import { ActError, defineAct, mountControlRoutes } from "./control-routes";
import { FaultList } from "./faults";
import { HUBSPOT_LIMITS, LimitSettings, RollingWindow } from "./limits";
import { createRandom } from "./random";
import { type SandboxEnv, serveSandbox } from "./serve";

let served: Awaited<ReturnType<typeof serveSandbox>>;
let effects: string[];

async function control(
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const reply = await fetch(`${served.url}/__sandbox/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: reply.status, body: (await reply.json()) as Record<string, unknown> };
}

beforeEach(async () => {
  effects = [];
  const app = new Hono<SandboxEnv>();
  const clock = new VirtualClock();
  const faults = new FaultList(createRandom(1));
  const limits = new LimitSettings(HUBSPOT_LIMITS);
  const calls = new CallLog();
  app.get("/things/:id", (c) => {
    effects.push(c.req.param("id"));
    c.env.call.records = 1;
    return c.json({ id: c.req.param("id"), padding: "x".repeat(500) });
  });
  const acts = {
    greet: defineAct(z.strictObject({ name: z.string() }), "Greets", ({ name }) => {
      if (name === "nobody") throw new ActError("no such person");
      return `hello ${name}`;
    }),
  };
  mountControlRoutes(app, { title: "Test", clock, faults, limits, calls, acts, reset: () => {} });
  const isApiPath = (path: string) => !path.startsWith("/__sandbox");
  served = await serveSandbox({ app, port: 0, clock, faults, limits, calls, isApiPath, hook: () => undefined });
});
afterEach(() => served.stop());

describe("every sandbox server", () => {
  it("collapses slashes, ignores a trailing one, and counts calls by route", async () => {
    await fetch(`${served.url}//things///12/`);
    await fetch(`${served.url}/things/34?x=1`);
    await fetch(`${served.url}/nope`);
    const { body } = await control("GET", "calls");
    expect(body.counts).toEqual({ "GET /things/:id": 2, "GET /nope": 1 });
    expect(body.routes).toMatchObject({ "GET /things/:id": { records: 2, errors: 0 }, "GET /nope": { errors: 1 } });
    await control("DELETE", "calls");
    expect((await control("GET", "calls")).body.total).toBe(0);
  });

  it("cuts the line before or after the effect", async () => {
    await control("PUT", "faults", [
      { match: { path: "/things", nth: 2 }, do: { drop: "before" } },
      { match: { path: "th.+/3$" }, do: { drop: "after" } },
    ]);
    await fetch(`${served.url}/things/1`);
    await expect(fetch(`${served.url}/things/2`)).rejects.toThrow();
    await expect(fetch(`${served.url}/things/3`)).rejects.toThrow();
    expect(effects).toEqual(["1", "3"]);
  });

  it("cuts a body in half, answers pages and errors instead of the server, and only as often as asked", async () => {
    await control("PUT", "faults", [
      { match: { nth: 1 }, do: { halfBody: true } },
      { match: { nth: 2 }, do: { html: true, status: 503 } },
      { match: { every: 3 }, do: { status: 429, body: { a: 1 }, headers: { "Retry-After": "1" } } },
    ]);
    await expect(fetch(`${served.url}/things/1`).then((reply) => reply.text())).rejects.toThrow();
    const page = await fetch(`${served.url}/things/2`);
    expect([page.status, page.headers.get("content-type")]).toEqual([503, "text/html;charset=utf-8"]);
    const limited = await fetch(`${served.url}/things/3`);
    expect([limited.status, limited.headers.get("retry-after"), await limited.json()]).toEqual([429, "1", { a: 1 }]);
    expect((await fetch(`${served.url}/things/4`)).status).toBe(200);
    expect(effects).toEqual(["1", "4"]);
  });

  it("explains bad input with 400", async () => {
    expect(await control("PUT", "faults", [{ match: {} }])).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining("do") },
    });
    expect(await control("PUT", "limits", { daily: "many" })).toMatchObject({ status: 400 });
    expect(await control("POST", "act", { action: "greet" })).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining("name") },
    });
    expect(await control("POST", "act", { action: "nope" })).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining("greet") },
    });
    expect(await control("POST", "act", { action: "greet", name: "nobody" })).toEqual({
      status: 400,
      body: { error: "no such person" },
    });
    expect((await control("POST", "act", { action: "greet", name: "you" })).body.result).toBe("hello you");
    expect((await control("GET", "openapi.json")).body).toMatchObject({
      openapi: "3.1.0",
      paths: { "/__sandbox/act": expect.anything() },
    });
  });

  it("moves only the clock it is told to", async () => {
    const { body } = await control("PUT", "clock", { offsetMs: 86_400_000 });
    expect(Date.parse(String(body.now)) - Date.now()).toBeGreaterThan(86_000_000);
  });
});

describe("rolling windows", () => {
  it("refuse the call over the limit and forget with time", () => {
    const clock = new VirtualClock();
    const window = new RollingWindow(clock, 10_000);
    expect([window.take("a", 2), window.take("a", 2), window.take("a", 2), window.take("b", 2)]).toEqual([
      true,
      true,
      false,
      true,
    ]);
    clock.setOffset(10_001);
    expect(window.take("a", 2)).toBe(true);
  });
});
