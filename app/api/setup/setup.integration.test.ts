import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DELETE as disconnect } from "@/app/api/connection/[side]/route";
import { POST as prepare } from "@/app/api/connection/prepare/route";
import { GET as readConnection } from "@/app/api/connection/route";
import { PATCH as changeSettings } from "@/app/api/connection/settings/route";
import { GET as cron } from "@/app/api/cron/sync/route";
import { GET as readLists } from "@/app/api/lists/route";
import { GET as readPreview } from "@/app/api/previews/[id]/route";
import { POST as startPreview } from "@/app/api/previews/route";
import { PATCH as moveSetup } from "@/app/api/setup/route";
import {
  type AppWorld,
  CRON_SECRET,
  callRoute,
  connectSide,
  playDoor,
  signIn,
  startAppWorld,
} from "@/lib/access/testing/app-world";
import type { ConnectionView } from "@/lib/contracts/connection";
import type { Preview } from "@/lib/contracts/jobs";
import type { ListChoices } from "@/lib/contracts/lists";

let world: AppWorld;
let person: { cookie: string; origin: string };

beforeAll(async () => {
  world = await startAppWorld(6);
  person = await signIn();
});
afterAll(() => world.stop());

async function view(): Promise<ConnectionView> {
  return (await (await callRoute(readConnection, { headers: person })).json()) as ConnectionView;
}

async function work(): Promise<void> {
  const headers = { authorization: `Bearer ${CRON_SECRET}` };
  expect((await cron(new Request("http://localhost:3999/api/cron/sync", { headers }))).status).toBe(200);
}

/** Records written into Salesforce by anybody: POST and PATCH on its data, logins aside. */
async function countWrites(): Promise<number> {
  const calls = (await playDoor(world.salesforce.url, "GET", "/__sandbox/calls")) as {
    calls: { method: string; path: string }[];
  };
  return calls.calls.filter(({ method, path }) => method !== "GET" && /collections|sobjects/.test(path)).length;
}

async function preview(kind = "import_hubspot"): Promise<Preview> {
  const request = { kind, object: "contact" };
  const started = await callRoute(startPreview, { method: "POST", headers: person, body: { request } });
  expect(started.status).toBe(202);
  const { id } = (await started.json()) as Preview;
  await work();
  return (await (await callRoute(readPreview, { headers: person, params: { id } })).json()) as Preview;
}

async function createLead(fields: Record<string, string>): Promise<void> {
  const made = await fetch(`${world.salesforce.url}/services/data/v67.0/sobjects/Lead`, {
    method: "POST",
    headers: { authorization: "Bearer 00D000000000001AAA!sandbox", "content-type": "application/json" },
    body: JSON.stringify(fields),
  });
  expect(made.status).toBe(201);
}

describe("before a person has turned syncing on", () => {
  it("connecting both sides makes ready and starts nothing", async () => {
    expect(
      (
        await callRoute(startPreview, {
          method: "POST",
          headers: person,
          body: { request: { kind: "import_hubspot", object: "contact" } },
        })
      ).status,
    ).toBe(409);
    await connectSide("hubspot", person);
    await connectSide("salesforce", person);
    await work();
    const connection = await view();
    expect(connection).toMatchObject({ status: "setup", turnedOnAt: null });
    expect(connection.salesforce.missingIdFields).toContain("Lead.HubSpot_Contact_Id__c");
    expect(await countWrites()).toBe(0);
  });

  it("the id fields can be made, and still nothing starts", async () => {
    const body = { createIdFields: true, turnOn: false };
    const answer = await callRoute(prepare, { method: "POST", headers: person, body });
    expect(await answer.json()).toMatchObject({ status: "setup", salesforce: { missingIdFields: [] } });
    // Signing in once more finds nothing missing: a connection that was on before would go on now.
    await connectSide("salesforce", person);
    expect(await view()).toMatchObject({ status: "setup", turnedOnAt: null });
  });

  it("X1: a preview tells what would be created, and creates nothing", async () => {
    const before = await countWrites();
    const seen = await preview();
    expect(seen.status).toBe("done");
    expect(seen.actions.create_salesforce + seen.actions.link).toBeGreaterThan(0);
    expect(await countWrites()).toBe(before);
  });

  it("X1, M1: who stands on both sides already would be linked, seen from either side, and not created", async () => {
    const email = "on.both.sides@people.example";
    const body = { action: "createContact", properties: { email, lastname: "Both" } };
    await playDoor(world.hubspot.url, "POST", "/__sandbox/act", body);
    await createLead({ LastName: "Both", Company: "Both", Email: email });
    await createLead({ LastName: "Alone", Company: "Alone", Email: "alone@people.example" });
    const { items, status } = await preview("import_salesforce");
    expect(status).toBe("done");
    expect(items.find((item) => item.name === "Both")?.action).toBe("link");
    expect(items.find((item) => item.name === "Alone")?.action).toBe("create_hubspot");
  });

  it("G2: the preview knows the members of a list that was chosen a moment ago", async () => {
    const { lists } = (await (await callRoute(readLists, { headers: person })).json()) as ListChoices;
    const list = lists.find((one) => one.isActive && one.size < 6);
    if (!list) throw new Error("The sandbox has no short active list");
    const choose = async (contact: { listId: string; name: string } | null) => {
      const { version } = (await view()).settings;
      const body = { version, inclusionLists: { contact } };
      expect((await callRoute(changeSettings, { method: "PATCH", headers: person, body })).status).toBe(200);
    };
    await choose({ listId: list.id, name: list.name });
    const { actions, excluded } = await preview();
    expect(excluded.not_in_inclusion_list).toBeGreaterThan(0);
    expect(actions.create_salesforce + actions.link + actions.update).toBeLessThanOrEqual(list.size);
    await choose(null);
  });

  it("remembers the step, and refuses one that there is not", async () => {
    const move = (step: string) => callRoute(moveSetup, { method: "PATCH", headers: person, body: { step } });
    expect(await (await move("inclusion")).json()).toMatchObject({ setupStep: "inclusion" });
    expect((await move("lunch")).status).toBe(400);
    expect((await view()).setupStep).toBe("inclusion");
  });
});

describe("after it was turned on", () => {
  it("syncs; and once disconnected it goes on by itself with the next sign-in (E5)", async () => {
    const answer = await callRoute(prepare, { method: "POST", headers: person, body: { createIdFields: true } });
    expect(await answer.json()).toMatchObject({ status: "active" });
    await work();
    expect(await countWrites()).toBeGreaterThan(0);
    expect(
      (await callRoute(disconnect, { method: "DELETE", params: { side: "hubspot" }, headers: person })).status,
    ).toBe(200);
    expect((await view()).status).toBe("setup");
    await connectSide("hubspot", person);
    expect((await view()).status).toBe("active");
  });
});
