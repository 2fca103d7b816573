import { expect } from "@playwright/test";
import type { RecordDetail } from "@/lib/contracts/records";
import type { AppApi } from "./app-api";
import type { Sandbox } from "./sandbox";

export type Person = { firstname: string; lastname: string; email: string; company: string };
/** A person who stands on both sides, in sync. */
export type Pair = Person & { id: string; name: string; hubspotId: string; salesforceId: string };

const NAMES = [
  ["Noriko", "Hayashida"],
  ["Edward", "Whitcombe"],
  ["Sanae", "Kuroiwa"],
  ["Marta", "Lindqvist"],
  ["Takeo", "Morinaga"],
  ["Claire", "Dubreuil"],
] as const;
let made = 0;

/** Somebody whom neither cloud knows: the address is new on every call. */
export function inventPerson(): Person {
  const [firstname = "", lastname = ""] = NAMES[made % NAMES.length] ?? [];
  made += 1;
  const mark = `${Date.now().toString(36)}${made}`;
  return {
    firstname,
    lastname,
    email: `${firstname}.${lastname}.${mark}@people.example`.toLowerCase(),
    company: "Harbour & Hill Trading",
  };
}

/** Creates a HubSpot contact and lets it become a lead; `properties` are more HubSpot properties. */
export async function makePair(
  { app, hubspot }: { app: AppApi; hubspot: Sandbox },
  properties: Record<string, string> = {},
): Promise<Pair> {
  const person = { ...inventPerson(), ...properties };
  await hubspot.act("createContact", { properties: person });
  const record = await waitUntilSettled(app, person.email);
  if (record.hubspotId === null || record.salesforceId === null) throw new Error(`${person.email} is not linked`);
  return {
    ...person,
    id: record.id,
    name: record.name,
    hubspotId: record.hubspotId,
    salesforceId: record.salesforceId,
  };
}

/** What a CRM fills in by itself (a new lead's owner) may travel back at the next check: until then more is to come. */
async function waitUntilSettled(app: AppApi, email: string): Promise<RecordDetail> {
  const { id } = await app.checkUntil(email, "in_sync");
  const countSyncs = async () => (await app.readTimeline(id)).entries.length;
  await expect(async () => {
    const before = await countSyncs();
    await app.check();
    expect(await countSyncs()).toBe(before);
  }).toPass({ timeout: 30_000 });
  return app.readRecord(id);
}
