import {
  emptySchemas,
  type MappedObject,
  type ObjectSchema,
  type Person,
  type SalesforceType,
  type Schemas,
  type Side,
} from "@/lib/decide/record-types";
import { getDatabase, inTransaction } from "./client";
import type { Prisma } from "./generated/client";

/** One owner of HubSpot or user of Salesforce, by that side's id. */
export type StoredPerson = { id: string; email: string; name: string; active: boolean };

/** Keeps what HubSpot says of one object's properties, or Salesforce of one type's fields. */
export async function saveSchema(
  connectionId: string,
  end: { side: "hubspot"; object: MappedObject } | { side: "salesforce"; object: SalesforceType },
  fields: ObjectSchema,
): Promise<void> {
  const data = { fields: fields as unknown as Prisma.InputJsonObject, fetchedAt: new Date() };
  await getDatabase().schemaSnapshot.upsert({
    where: { connectionId_side_object: { connectionId, ...end } },
    create: { connectionId, ...end, ...data },
    update: data,
  });
}

/** The kept descriptions for one object; what was never described is empty. */
export async function readSchemas(connectionId: string, object: MappedObject): Promise<Schemas> {
  return (await readAllSchemas(connectionId))(object);
}

/** The kept descriptions of every object, read once: they are the largest rows of a connection. */
export async function readAllSchemas(connectionId: string): Promise<(object: MappedObject) => Schemas> {
  const rows = await getDatabase().schemaSnapshot.findMany({ where: { connectionId } });
  return (object) => {
    const schemas = emptySchemas();
    for (const row of rows) {
      const fields = row.fields as unknown as ObjectSchema;
      if (row.side === "salesforce" && row.object in schemas) schemas[row.object as SalesforceType] = fields;
      if (row.side === "hubspot" && row.object === object) schemas.hubspot = fields;
    }
    return schemas;
  };
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

/** Both sides' people by name, as they were last read. */
export async function listPeople(connectionId: string): Promise<Record<Side, StoredPerson[]>> {
  const rows = await getDatabase().ownerSnapshot.findMany({
    where: { connectionId },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  const of = (side: Side) =>
    rows.filter((row) => row.side === side).map(({ id, name, email, active }) => ({ id, name, email, active }));
  return { hubspot: of("hubspot"), salesforce: of("salesforce") };
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
