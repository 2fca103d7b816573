import { afterAll, beforeAll, expect, it } from "vitest";
import { type Bench, openBench, TOKEN } from "./contract-setup";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench(20);
});
afterAll(() => bench.sandbox.stop());

const createPath = "/crm/v3/objects/contacts";
const create = (email: string) => bench.call("POST", createPath, { properties: { email } });
const exists = async (email: string) => (await bench.call("GET", `${createPath}/${email}?idProperty=email`)).status;

it("a call dropped after its effect leaves the record made and the client without an answer", async () => {
  await bench.door("PUT", "faults", [{ match: { method: "POST", path: createPath, nth: 1 }, do: { drop: "after" } }]);
  await expect(create("dropped@example.com")).rejects.toThrow();
  expect(await exists("dropped@example.com")).toBe(200);
});

it("a call dropped before its effect leaves nothing", async () => {
  await bench.door("PUT", "faults", [{ match: { method: "POST", path: createPath, nth: 1 }, do: { drop: "before" } }]);
  await expect(create("never@example.com")).rejects.toThrow();
  expect(await exists("never@example.com")).toBe(404);
});

it("a fault may answer with a status, HubSpot's body, or an HTML page", async () => {
  const body = { status: "error", message: "locked", category: "LOCKED" };
  await bench.door("PUT", "faults", [{ match: { path: createPath, nth: 1 }, do: { status: 423, body } }]);
  expect(await bench.call("GET", createPath)).toMatchObject({ status: 423, body });
  await bench.door("PUT", "faults", [{ match: {}, do: { status: 502, html: true } }]);
  const reply = await fetch(bench.sandbox.url + createPath, { headers: { Authorization: `Bearer ${TOKEN}` } });
  expect(reply.status).toBe(502);
  expect(await reply.text()).toContain("<html>");
  await bench.door("PUT", "faults", []);
});

it("calls are logged with status and records, counted by route, without the test doors", async () => {
  await bench.door("DELETE", "calls");
  await bench.call("GET", `${createPath}?limit=5`);
  await bench.call("GET", `${createPath}/20000000001`);
  await bench.call("GET", `${createPath}/20000000002`);
  const report = (await bench.door("GET", "calls")) as unknown as {
    counts: Record<string, number>;
    calls: { path: string; status: number; records: number }[];
  };
  expect(report.counts).toEqual({ [`GET ${createPath}`]: 1, [`GET ${createPath}/:id`]: 2 });
  expect(report.calls[0]).toMatchObject({ path: createPath, status: 200, records: 5 });
});

it("the hook sees each call before and after its effect", async () => {
  const seen: string[] = [];
  bench.sandbox.onCall = async ({ method, phase }) => {
    if (method === "POST") {
      bench.sandbox.onCall = undefined;
      seen.push(`${phase} ${await exists("hooked@example.com")}`);
      bench.sandbox.onCall = async (call) => {
        bench.sandbox.onCall = undefined;
        seen.push(`${call.phase} ${await exists("hooked@example.com")}`);
      };
    }
  };
  await create("hooked@example.com");
  expect(seen).toEqual(["before 404", "after 200"]);
});

it("a reset brings the sample data back and leaves the connected token valid", async () => {
  await create("reset@example.com");
  await bench.door("POST", "reset", { contacts: 10, seed: 5 });
  expect(await exists("reset@example.com")).toBe(404);
  const page = await bench.call("GET", `${createPath}?limit=100`);
  expect(page.body.results.map((one) => one.id).at(0)).toBe("20000000001");
  expect(page.body.results).toHaveLength(8);
});

it("an unknown action and a refused value are 400 with the reason", async () => {
  await expect(bench.act("dance")).rejects.toThrow('unknown action "dance"');
  await expect(bench.act("createContact", { properties: { email: "x" } })).rejects.toThrow("INVALID_EMAIL");
});
