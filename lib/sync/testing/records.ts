import type { Fields } from "./pairs";
import type { SyncWorld } from "./world";

/** A HubSpot record of any type made by a person, associated with others; answers its id. */
export async function makeHubSpot(
  world: SyncWorld,
  type: string,
  properties: Fields,
  associatedWith: { type: string; id: string }[] = [],
): Promise<string> {
  const made = await world.hubspotAct("createRecord", { type, properties, associatedWith });
  return (made.result as { id: string }).id;
}

export async function editHubSpot(world: SyncWorld, type: string, id: string, properties: Fields): Promise<void> {
  await world.hubspotAct("updateRecord", { type, id, properties });
}

/** These properties of one record, by HubSpot's own answer; a property without a value is null. */
export async function readHubSpot(world: SyncWorld, type: string, id: string, names: string[]): Promise<Fields> {
  const { properties } = (await world.door(
    "hubspot",
    "GET",
    `/crm/v3/objects/${type}/${id}?properties=${names.join(",")}`,
  )) as { properties: Fields };
  return Object.fromEntries(names.map((name) => [name, properties[name] || null]));
}

/** All live HubSpot records of a type, by search, with these properties. */
export async function listHubSpot(world: SyncWorld, type: string, names: string[]) {
  const answer = await world.door("hubspot", "GET", `/crm/v3/objects/${type}?limit=100&properties=${names.join(",")}`);
  return answer.results as { id: string; properties: Fields }[];
}

/** Ids of the records of `to` that a HubSpot record is associated with. */
export async function listAssociated(world: SyncWorld, from: string, id: string, to: string): Promise<string[]> {
  const answer = await world.door("hubspot", "GET", `/crm/v4/objects/${from}/${id}/associations/${to}`);
  return (answer.results as { toObjectId: number }[]).map((one) => String(one.toObjectId)).toSorted();
}

/** A Salesforce record of any type made by a person; answers its id. */
export async function makeSalesforce(world: SyncWorld, object: string, fields: Fields): Promise<string> {
  const made = await world.salesforceAct("createRecord", { object, fields });
  return (made.result as { id: string }).id;
}

export async function editSalesforce(world: SyncWorld, object: string, id: string, fields: Fields): Promise<void> {
  await world.salesforceAct("updateRecord", { object, id, fields });
}

/** These fields of one Salesforce record; `{}` when it is not there. */
export async function readSalesforce(world: SyncWorld, object: string, id: string, names: string[]): Promise<Fields> {
  const [row] = await world.soql(`SELECT ${names.join(", ")} FROM ${object} WHERE Id = '${id}'`);
  return row ? Object.fromEntries(names.map((name) => [name, row[name] as Fields[string]])) : {};
}

export async function associate(
  world: SyncWorld,
  from: { type: string; id: string },
  to: { type: string; id: string },
  typeId?: number,
): Promise<void> {
  await world.hubspotAct("associate", { from, to, ...(typeId === undefined ? {} : { typeId }) });
}

export async function dissociate(
  world: SyncWorld,
  from: { type: string; id: string },
  to: { type: string; id: string },
): Promise<void> {
  await world.hubspotAct("dissociate", { from, to });
}
