import { DEFAULT_SETTINGS } from "@/lib/decide/connection-settings";
import { editContact } from "../pairs";
import { changeWorld, makeActiveList } from "../settings";
import { FIELDS, type Person } from "./edit-log";
import { type History, type Kind, moveClocks } from "./history";
import { editOne, makeInHubSpot } from "./play-people";
import { emailOf, learnPartners, type Standing } from "./standing";

/** A property that is not mapped decides who is on the list, so that nothing else depends on it. */
const PROPERTY = "fax";
const MEMBER = "on the list";

type Place = { isInside: boolean; wasInside: boolean };

/**
 * G2, T13: an inclusion list that people enter and leave. Outside nothing travels in either direction, apart from the
 * first contact of a new Salesforce record; what was edited meanwhile travels on entering.
 */
export function playList(): Kind {
  const places = new Map<Person, Place>();
  const placeOf = (person: Person): Place => {
    const place = places.get(person) ?? { isInside: false, wasInside: false };
    places.set(person, place);
    return place;
  };
  const move = async (history: History, isInside: boolean): Promise<void> => {
    const others = history.log.people.filter((p) => p.isJudged && p.hubspotId && placeOf(p).isInside !== isInside);
    if (others.length === 0) return;
    const person = history.random.pick(others);
    await editContact(history.world, person.hubspotId ?? "", { [PROPERTY]: isInside ? MEMBER : null });
    history.log.noteAct(person, isInside ? "enters the list" : "leaves the list");
    enter(placeOf(person), person, isInside);
  };
  return {
    name: "list",
    async prepare({ world, log }) {
      const listId = await makeActiveList(world, "Members", PROPERTY, MEMBER);
      const contact = { listId, name: "Members" };
      await changeWorld(world, { inclusionLists: { ...DEFAULT_SETTINGS.inclusionLists, contact } });
      // Whoever is made is outside until somebody puts him on the list.
      log.isNewHeldBack = true;
    },
    steps: [
      {
        weight: 10,
        name: "new on the list",
        run: async (history) => {
          const person = await makeInHubSpot(history, { [PROPERTY]: MEMBER });
          enter(placeOf(person), person, true);
        },
      },
      { weight: 12, name: "enter the list", run: (history) => move(history, true) },
      { weight: 10, name: "leave the list", run: (history) => move(history, false) },
      { weight: 12, name: "edits outside the list", run: editOutside },
    ],
    judge: async (history) => {
      await editAllOutside(history);
      const standing = await learnPartners(history);
      return history.log.people
        .filter((person) => person.isJudged && person.isHeldBack)
        .flatMap((person) => judgeOutside(history, person, placeOf(person), standing));
    },
  };
}

/** What must not travel: edits of people whom a sync has seen outside, on either side. */
async function editOutside(history: History): Promise<void> {
  const outside = history.log.people.filter(
    (p) =>
      p.isJudged && p.heldBackSince !== null && p.hubspotId && p.salesforceId && p.lockedUntil < history.log.second,
  );
  if (outside.length === 0) return;
  await editOne(history, history.random.pick(["hubspot", "salesforce"] as const), history.random.pick(outside));
}

/** Once all is at rest, everybody outside is edited on both sides: a check that follows must carry none of it over. */
async function editAllOutside(history: History): Promise<void> {
  const { people, second } = history.log;
  const outside = people.filter((p) => p.isJudged && p.isHeldBack && p.hubspotId && p.salesforceId);
  for (const person of outside) person.heldBackSince ??= second;
  for (const side of ["hubspot", "salesforce"] as const) {
    await moveClocks(history);
    for (const person of outside) if (person.lockedUntil < history.log.second) await editOne(history, side, person);
  }
  await moveClocks(history);
  await history.world.sync();
}

function enter(place: Place, person: Person, isInside: boolean): void {
  place.isInside = isInside;
  place.wasInside ||= isInside;
  person.isHeldBack = !isInside;
  person.heldBackSince = null;
}

function judgeOutside(
  history: History,
  person: Person,
  { wasInside }: Place,
  { contacts, records }: Standing,
): string[] {
  const told = `${person.key} is outside the list: ${history.log.tell(person)}`;
  const contact = contacts.get(person.hubspotId ?? "");
  const record = records.get(person.salesforceId ?? "");
  const isMadeInSalesforce = FIELDS.some((field) => person.values.lastEdit("salesforce", field.property) !== null);
  if (!wasInside && !isMadeInSalesforce && [...records.values()].some((one) => emailOf(one) === person.email)) {
    return [`G2: a Salesforce record was made for somebody who was never on the list: ${told}`];
  }
  if (person.hubspotId !== null && !contact) return [`I13: it is gone from HubSpot; ${told}`];
  if (person.salesforceId !== null && !record) return [`I13: it is gone from Salesforce; ${told}`];
  if (isMadeInSalesforce && !contact) return [`C1: no contact was made for a new Salesforce record; ${told}`];
  if (!contact || !record || person.heldBackSince === null) return [];
  const since = person.heldBackSince;
  return FIELDS.flatMap((field) => {
    const stands = {
      hubspot: contact.properties[field.property] || null,
      salesforce: record.values[record.type === "Lead" ? field.lead : field.contact] || null,
    };
    return (["hubspot", "salesforce"] as const).flatMap((side) => {
      const edit = person.values.lastEdit(side, field.property);
      if (!edit || edit.second <= since || edit.value === null) return [];
      const other = side === "hubspot" ? "salesforce" : "hubspot";
      const violations: string[] = [];
      if (stands[other] === edit.value) violations.push(`G2: ${field.property} travelled from ${side}; ${told}`);
      if (stands[side] !== edit.value) violations.push(`G2: ${field.property} was overwritten in ${side}; ${told}`);
      return violations;
    });
  });
}
