import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AppWorld, callRoute, connectSide, signIn, startAppWorld } from "@/lib/access/testing/app-world";
import { getDatabase } from "@/lib/store/client";
import { POST as prepare } from "./connection/prepare/route";
import { GET as cron } from "./cron/sync/route";
import { GET as readMetrics } from "./metrics/route";
import { GET as readRecord } from "./records/[id]/route";
import { GET as listRecords } from "./records/route";

const METRICS_TOKEN = "test-metrics-token";
let world: AppWorld;
let owner: Record<string, string>;

beforeAll(async () => {
  process.env.METRICS_TOKEN = METRICS_TOKEN;
  world = await startAppWorld(6);
  owner = await signIn();
  await connectSide("hubspot", owner);
  await connectSide("salesforce", owner);
  await callRoute(prepare, { method: "POST", headers: owner, body: { createIdFields: true } });
  await callRoute(cron, { headers: { authorization: "Bearer test-cron-secret" } });
});
afterAll(() => world.stop());

async function read(): Promise<string> {
  const response = await callRoute(readMetrics, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } });
  expect(response.headers.get("content-type")).toContain("text/plain; version=0.0.4");
  return response.text();
}
const readSample = (text: string, sample: string) =>
  Number(
    text
      .split("\n")
      .find((line) => line.startsWith(`${sample} `))
      ?.slice(sample.length + 1) ?? Number.NaN,
  );

describe("GET /api/metrics", () => {
  it("counts records, calls and checks as the database has them", async () => {
    const text = await read();
    const inSync = await getDatabase().syncRecord.count({ where: { object: "contact", state: "in_sync" } });
    expect(inSync).toBeGreaterThan(0);
    expect(readSample(text, 'kakehashi_records{object="contact",state="in_sync"}')).toBe(inSync);
    expect(readSample(text, 'kakehashi_remote_calls_24h{side="hubspot"}')).toBeGreaterThan(0);
    expect(readSample(text, 'kakehashi_remote_calls_24h{side="salesforce"}')).toBeGreaterThan(0);
    expect(readSample(text, `kakehashi_last_check_age_seconds{connection="${world.connectionId}"}`)).toBeLessThan(300);
    expect(readSample(text, "kakehashi_due_age_seconds")).toBeGreaterThanOrEqual(0);
  });

  it("times requests by route, never by id or made-up address", async () => {
    const { rows } = (await (await callRoute(listRecords, { path: "/api/records", headers: owner })).json()) as {
      rows: { id: string }[];
    };
    const id = rows[0]?.id ?? "";
    await callRoute(readRecord, { path: `/api/records/${id}`, params: { id }, headers: owner });
    const made = "00000000-0000-4000-8000-00000000abcd";
    await callRoute(readRecord, { path: `/api/records/${made}`, params: { id: made }, headers: owner });
    const text = await read();
    const labels = 'method="GET",route="/api/records/{id}",status="200"';
    expect(readSample(text, `kakehashi_http_request_duration_seconds_count{${labels}}`)).toBeGreaterThan(0);
    expect(
      readSample(text, 'kakehashi_http_request_duration_seconds_count{method="GET",route="none",status="404"}'),
    ).toBe(1);
    expect(text).not.toContain(id);
    expect(text).not.toContain(made);
  });

  it("is in the form that Prometheus reads: every line a comment or a sample", async () => {
    for (const line of (await read()).trimEnd().split("\n")) {
      if (line === "") continue;
      expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{(\w+="(\\.|[^"\\])*",?)*\})? -?[\d.e+-]+|\w+\{.*\} NaN)$/);
    }
  });
});
