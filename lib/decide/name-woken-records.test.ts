import fc from "fast-check";
import { expect, test } from "vitest";
import { type HubSpotEvent, nameWokenRecords } from "./name-woken-records";

const change = (objectId: number, propertyName: string, more: Partial<HubSpotEvent> = {}): HubSpotEvent => ({
  subscriptionType: "contact.propertyChange",
  objectId,
  propertyName,
  ...more,
});

test("T18: events of one record become one, with the properties that changed", () => {
  expect(nameWokenRecords([change(7, "email"), change(8, "phone"), change(7, "phone"), change(7, "email")])).toEqual([
    { type: "0-1", remoteId: "7", fields: ["email", "phone"] },
    { type: "0-1", remoteId: "8", fields: ["phone"] },
  ]);
});

test("T18: beside a change of one property, a deletion means that anything may have changed, in any order", () => {
  const gone: HubSpotEvent = { subscriptionType: "contact.deletion", objectId: 7 };
  for (const events of [
    [gone, change(7, "email")],
    [change(7, "email"), gone],
  ]) {
    expect(nameWokenRecords(events)).toEqual([{ type: "0-1", remoteId: "7", fields: [] }]);
  }
});

test.each<[string, HubSpotEvent, string[]]>([
  ["a company is restored", { subscriptionType: "company.restore", objectId: 1 }, ["0-2/1"]],
  ["a deal is created", { subscriptionType: "deal.creation", objectId: 1 }, ["0-3/1"]],
  ["a call is created", { subscriptionType: "object.creation", objectTypeId: "0-48", objectId: 1 }, ["0-48/1"]],
  ["privacy deletion", { subscriptionType: "contact.privacyDeletion", objectId: 1 }, ["0-1/1"]],
  [
    "a merge names survivor and losers",
    {
      subscriptionType: "contact.merge",
      objectId: 1,
      primaryObjectId: 1,
      mergedObjectIds: [2, 3],
      newObjectId: 4,
    },
    ["0-1/1", "0-1/4", "0-1/2", "0-1/3"],
  ],
  [
    "an association by its name",
    {
      subscriptionType: "contact.associationChange",
      associationType: "CONTACT_TO_COMPANY",
      fromObjectId: 1,
      toObjectId: 2,
    },
    ["0-1/1", "0-2/2"],
  ],
  [
    "an association by type ids",
    {
      subscriptionType: "object.associationChange",
      associationType: "DEAL_TO_CONTACT",
      fromObjectId: 1,
      toObjectId: 2,
      fromObjectTypeId: "0-3",
      toObjectTypeId: "0-1",
    },
    ["0-3/1", "0-1/2"],
  ],
  ["a ticket is none of ours", { subscriptionType: "ticket.creation", objectId: 1 }, []],
  ["an event without an id", { subscriptionType: "contact.creation" }, []],
  ["a name that every object has", { subscriptionType: "constructor.creation", objectId: 1 }, []],
])("T18: %s", (_, event, expected) => {
  expect(nameWokenRecords([event]).map(({ type, remoteId }) => `${type}/${remoteId}`)).toEqual(expected);
});

test("T18: what our own app wrote wakes nobody, what another one wrote does", () => {
  const own = { appId: 55, changeSource: "INTEGRATION", sourceId: "55" };
  expect(nameWokenRecords([change(7, "email", own)])).toEqual([]);
  expect(nameWokenRecords([change(7, "email", { ...own, sourceId: "56" })])).toHaveLength(1);
  expect(nameWokenRecords([change(7, "email", { ...own, changeSource: "CRM_UI" })])).toHaveLength(1);
  expect(nameWokenRecords([{ subscriptionType: "contact.merge", objectId: 7, ...own }])).toHaveLength(1);
});

test("T18: order and repetition of events change nothing", () => {
  const event = fc.record({
    subscriptionType: fc.constantFrom("contact.propertyChange", "contact.deletion", "deal.propertyChange"),
    objectId: fc.integer({ min: 1, max: 3 }),
    propertyName: fc.constantFrom("a", "b"),
  });
  const asSet = (events: HubSpotEvent[]) =>
    nameWokenRecords(events)
      .map((r) => JSON.stringify({ ...r, fields: r.fields.toSorted() }))
      .toSorted();
  fc.assert(
    fc.property(fc.array(event), fc.integer(), (events, turn) => {
      const at = events.length === 0 ? 0 : Math.abs(turn) % events.length;
      const shuffled = [...events.slice(at), ...events.slice(0, at)].toReversed();
      expect(asSet([...shuffled, ...events])).toEqual(asSet(events));
    }),
  );
});
