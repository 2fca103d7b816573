import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { POST as makeKey } from "@/app/api/api-keys/route";
import { GET as exportAudit } from "@/app/api/audit/export/route";
import { GET as readAudit } from "@/app/api/audit/route";
import { GET as verify } from "@/app/api/audit/verify/route";
import type { AuditChain, AuditList } from "@/lib/contracts/audit";
import { recordAudit } from "@/lib/store/audit";
import { getDatabase } from "@/lib/store/client";
import { ADMIN, type AppWorld, callRoute, signIn, startAppWorld } from "./testing/app-world";
import { writeAudit } from "./write-audit";

let world: AppWorld;
let owner: Record<string, string>;

beforeAll(async () => {
  world = await startAppWorld(3);
  owner = await signIn();
});
afterAll(() => world.stop());

const list = async (query: string) =>
  (await (await callRoute(readAudit, { path: `/api/audit?${query}`, headers: owner })).json()) as AuditList;
const chain = async () => (await (await callRoute(verify, { headers: owner })).json()) as AuditChain;

describe("the audit log", () => {
  it("says who made a key, and never the key", async () => {
    const made = await callRoute(makeKey, {
      method: "POST",
      headers: owner,
      body: { name: "Export", role: "operator" },
    });
    const { secret } = (await made.json()) as { secret: string };
    const { entries, actors, actions } = await list("action=api_key_created");
    expect(entries[0]).toMatchObject({ by: ADMIN.email, detail: { after: { name: "Export", role: "operator" } } });
    expect(JSON.stringify(await getDatabase().auditEntry.findMany({ select: { detail: true } }))).not.toContain(secret);
    expect(actors).toContain(ADMIN.email);
    expect(actions).toContain("api_key_created");
  });

  it("is filtered by person, action, time and words, and paged once through", async () => {
    for (let index = 0; index < 5; index += 1) {
      await writeAudit(`p${index % 2}@people.example`, "check_started", null, { number: index, note: "50% off_" });
    }
    expect((await list("by=p1@people.example")).entries).toHaveLength(2);
    expect((await list("search=50%25%20off_")).entries).toHaveLength(5);
    expect((await list("search=50x")).entries).toHaveLength(0);
    expect((await list("to=2020-01-01T00:00:00.000Z")).entries).toHaveLength(0);
    const all = await list("limit=200");
    const seen: string[] = [];
    let cursor = "";
    do {
      const page = await list(`limit=2${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.entries.map((entry) => entry.id));
      cursor = page.nextCursor ?? "";
    } while (cursor !== "");
    expect(seen).toEqual(all.entries.map((entry) => entry.id));
  });

  it("leaves as CSV that no spreadsheet takes for formulas", async () => {
    await writeAudit("=HYPERLINK(1)", "check_started", null, { text: 'a "quoted", value' });
    const response = await callRoute(exportAudit, { path: "/api/audit/export?action=check_started", headers: owner });
    expect(response.headers.get("content-disposition")).toMatch(/attachment; filename="audit-.+\.csv"/);
    const text = await response.text();
    expect(text).toContain("at,by,action,detail,id,hash");
    expect(text).toContain(",'=HYPERLINK(1),");
    expect(text).toContain(String.raw`"{""text"":""a \""quoted\"", value""}"`);
    expect(text.trim().split("\r\n")).toHaveLength(1 + (await list("action=check_started&limit=200")).entries.length);
  });

  it("shows an entry that was changed, and one that is missing", async () => {
    await Promise.all(
      [1, 2, 3, 4, 5, 6].map((n) => recordAudit({ by: "crowd", action: "resumed", connectionId: null, detail: { n } })),
    );
    const whole = await chain();
    expect(whole).toMatchObject({ brokenAt: null, checked: await getDatabase().auditEntry.count() });
    const entries = await getDatabase().auditEntry.findMany({ where: { by: "crowd" }, orderBy: { seq: "asc" } });
    const [first, second, third] = entries;
    await getDatabase().auditEntry.update({ where: { id: second?.id ?? "" }, data: { by: "somebody else" } });
    expect((await chain()).brokenAt).toMatchObject({ id: second?.id });
    await getDatabase().auditEntry.update({ where: { id: second?.id ?? "" }, data: { by: "crowd" } });
    expect(await chain()).toMatchObject({ brokenAt: null, head: whole.head });
    await getDatabase().auditEntry.delete({ where: { id: second?.id ?? "" } });
    expect((await chain()).brokenAt).toMatchObject({ id: third?.id });
    expect(first).toBeDefined();
  });
});
