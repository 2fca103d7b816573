import type { ObjectSchema, Person, Schemas, Side } from "@/lib/decide/record-types";
import { getDatabase, inTransaction } from "./client";
import type { Prisma } from "./generated/client";

/** What a snapshot is of: HubSpot contacts, Salesforce leads or contacts. */
export type SnapshotObject = "hubspot" | "Lead" | "Contact";

/** One owner of HubSpot or user of Salesforce, by that side's id. */
export type StoredPerson = { id: string; email: string; name: string; active: boolean };

export async function saveSchema(connectionId: string, object: SnapshotObject, fields: ObjectSchema): Promise<void> {
  const side: Side = object === "hubspot" ? "hubspot" : "salesforce";
  const data = { fields: fields as unknown as Prisma.InputJsonObject, fetchedAt: new Date() };
  await getDatabase().schemaSnapshot.upsert({
    where: { connectionId_side_object: { connectionId, side, object } },
    create: { connectionId, side, object, ...data },
    update: data,
  });
}

/** The kept descriptions; an object that was never described is empty. */
export async function readSchemas(connectionId: string): Promise<Schemas> {
  const rows = await getDatabase().schemaSnapshot.findMany({ where: { connectionId } });
  const schemas: Schemas = { hubspot: {}, Lead: {}, Contact: {} };
  for (const row of rows) {
    if (row.object in schemas) schemas[row.object as SnapshotObject] = row.fields as unknown as ObjectSchema;
  }
  return schemas;
}

/** Replaces the whole list of one side. */
export async function savePeople(connectionId: string, side: Side, people: StoredPerson[]): Promise<void> {
  await inTransaction(async (transaction) => {
    await transaction.ownerSnapshot.deleteMany({ where: { connectionId, side } });
    await transaction.ownerSnapshot.createMany({
      data: people.map((person) => ({
        connectionId,
        side,
        ...person,
        email: person.email ?? "",
        name: person.name ?? "",
      })),
      skipDuplicates: true,
    });
  });
}

/** Names of those of these people that are known, by id; people without a name go by their address. */
export async function readPersonNames(
  connectionId: string,
  ids: Record<Side, string[]>,
): Promise<Record<Side, ReadonlyMap<string, string>>> {
  const names = { hubspot: new Map<string, string>(), salesforce: new Map<string, string>() };
  if (ids.hubspot.length + ids.salesforce.length === 0) return names;
  const rows = await getDatabase().ownerSnapshot.findMany({
    where: {
      connectionId,
      OR: [
        { side: "hubspot", id: { in: ids.hubspot } },
        { side: "salesforce", id: { in: ids.salesforce } },
      ],
    },
  });
  for (const row of rows) {
    const text = row.name || row.email;
    if (text !== "") names[row.side as Side].set(row.id, text);
  }
  return names;
}

/** Both sides' people by id, as the decisions take them. */
export async function readPeople(
  connectionId: string,
): Promise<{ hubspotOwners: Record<string, Person>; salesforceUsers: Record<string, Person> }> {
  const rows = await getDatabase().ownerSnapshot.findMany({ where: { connectionId } });
  const hubspotOwners: Record<string, Person> = {};
  const salesforceUsers: Record<string, Person> = {};
  for (const row of rows) {
    const people = row.side === "hubspot" ? hubspotOwners : salesforceUsers;
    people[row.id] = { email: row.email, active: row.active };
  }
  return { hubspotOwners, salesforceUsers };
}
