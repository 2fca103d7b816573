import { afterAll, beforeAll, expect, it } from "vitest";
import { POST as diff } from "@/app/api/config/diff/route";
import { GET as exportFile, POST as importFile } from "@/app/api/config/route";
import { GET as readConnection } from "@/app/api/connection/route";
import { PATCH as changeSettings } from "@/app/api/connection/settings/route";
import { GET as readMappings } from "@/app/api/mappings/route";
import { type AppWorld, callRoute, connectSide, signIn, startAppWorld } from "@/lib/access/testing/app-world";
import type { ConfigFile, ConfigPreview } from "@/lib/contracts/config-file";
import type { ConnectionView } from "@/lib/contracts/connection";
import type { MappingList } from "@/lib/contracts/mappings";

let world: AppWorld;
let person: { cookie: string; origin: string };

beforeAll(async () => {
  world = await startAppWorld(1);
  person = await signIn();
  await connectSide("hubspot", person);
  await connectSide("salesforce", person);
});
afterAll(() => world.stop());

const read = async <T>(response: Promise<Response>) => (await (await response).json()) as T;
const download = () => read<ConfigFile>(callRoute(exportFile, { headers: person }));
const compare = (body: unknown) => callRoute(diff, { method: "POST", headers: person, body });
const apply = (body: unknown) => callRoute(importFile, { method: "POST", headers: person, body });
const settings = async () => (await read<ConnectionView>(callRoute(readConnection, { headers: person }))).settings;

it("X5: what was exported changes nothing when it is imported", async () => {
  const response = await callRoute(exportFile, { headers: person });
  expect(response.headers.get("content-disposition")).toMatch(/^attachment; filename="kakehashi-config-[\d-]+\.json"$/);
  const file = (await response.json()) as ConfigFile;
  expect(await read(compare(file))).toMatchObject({ changes: [], skipped: [], problems: [] });
  expect(await read(apply({ file, basis: (await read<ConfigPreview>(compare(file))).basis }))).toEqual({
    applied: 0,
    failed: [],
  });
});

it("X5: an edited file shows every difference, and then they are in force", async () => {
  const file = await download();
  file.settings.checkEveryMinutes = 7;
  const [first] = file.mappings.contact ?? [];
  if (!first) throw new Error("There are no mappings");
  first.rule = "two_way";
  const { changes, basis } = await read<ConfigPreview>(compare(file));
  expect(changes).toEqual([
    { path: "settings.checkEveryMinutes", before: 15, after: 7 },
    { path: `mappings.contact.${first.hubspotProperty}.rule`, before: "prefer_salesforce", after: "two_way" },
  ]);
  expect((await settings()).checkEveryMinutes).toBe(15);
  expect(await read(apply({ file, basis }))).toEqual({ applied: 2, failed: [] });
  expect((await settings()).checkEveryMinutes).toBe(7);
  const { mappings } = await read<MappingList>(callRoute(readMappings, { headers: person }));
  expect(mappings.find((one) => one.hubspotProperty === first.hubspotProperty)?.rule).toBe("two_way");
});

it("X5: what somebody else changed after the comparison is not overwritten unseen", async () => {
  const file = await download();
  file.settings.checkEveryMinutes = 30;
  const { basis } = await read<ConfigPreview>(compare(file));
  const { version } = await settings();
  const body = { version, checkEveryMinutes: 5 };
  expect((await callRoute(changeSettings, { method: "PATCH", headers: person, body })).status).toBe(200);
  expect((await apply({ file, basis })).status).toBe(409);
  expect((await settings()).checkEveryMinutes).toBe(5);
});

it("X5: a file that does not fit is refused as a whole, with the place named", async () => {
  const file = await download();
  const before = await settings();
  const bad = { ...file, settings: { ...file.settings, checkEveryMinutes: 90 } };
  expect(await read(compare(bad))).toMatchObject({
    code: "invalid_input",
    fields: [{ path: "settings.checkEveryMinutes" }],
  });
  const mapping = { ...(file.mappings.contact?.[0] ?? {}), hubspotProperty: "no_such_property" };
  const unknown = {
    ...file,
    settings: {
      ...file.settings,
      checkEveryMinutes: 9,
      salesforceFilter: { Lead: [{ field: "Nope__c", operator: "is_blank", values: [] }] },
    },
    mappings: { contact: [...(file.mappings.contact ?? []), mapping] },
  };
  const { problems, basis } = await read<ConfigPreview>(compare(unknown));
  expect(problems.map((one) => one.path)).toEqual([
    "settings.salesforceFilter.Lead.0.field",
    "mappings.contact.no_such_property",
  ]);
  expect((await apply({ file: unknown, basis })).status).toBe(400);
  expect(await settings()).toEqual(before);
});
