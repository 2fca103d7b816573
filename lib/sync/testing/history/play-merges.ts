import type { Group, Person } from "./edit-log";
import type { History, Kind } from "./history";
import { emailOf, emailsOf, learnPartners, type Standing } from "./standing";

/**
 * M5: people merge contacts in HubSpot, and leads or contacts in Salesforce; later, or never, they merge what is left over
 * on the other side as well. Whoever survives is edited and judged on.
 */
export function playMerges(): Kind {
  return {
    name: "merges",
    steps: [
      { weight: 5, name: "merge in HubSpot", run: mergeInHubSpot },
      { weight: 5, name: "merge in Salesforce", run: mergeInSalesforce },
      { weight: 4, name: "merge what is left over", run: mergeLeftOver },
    ],
    judge: async (history) => {
      const standing = await learnPartners(history);
      return history.log.people
        .filter(({ isJudged, group }) => isJudged && group)
        .flatMap((p) => judgeGroup(p, standing));
    },
  };
}

async function pickTwo(
  history: History,
  fits: (one: Person, other: Person) => boolean,
): Promise<[Person, Person, Standing] | null> {
  // Whom a sync has made meanwhile counts too: what is merged is what a person sees.
  const standing = await learnPartners(history);
  const free = history.log.people.filter((p) => p.isJudged && !p.group && p.lockedUntil < history.log.second);
  if (free.length < 2) return null;
  const winner = history.random.pick(free);
  const others = free.filter((other) => other !== winner && fits(winner, other));
  return others.length === 0 ? null : [winner, history.random.pick(others), standing];
}

async function mergeInHubSpot(history: History): Promise<void> {
  const two = await pickTwo(history, (one, other) => one.hubspotId !== null && other.hubspotId !== null);
  if (!two) return;
  const [winner, loser] = two;
  const isClear = winner.values.isEverySettled() && winner.salesforceId !== null;
  const group = join(history, winner, loser, "HubSpot");
  group.hubspotIds.delete(loser.hubspotId ?? "");
  // Whose lead goes on with the survivor is only sure where the survivor's own pair stood.
  if (!isClear) winner.salesforceId = null;
  await history.world.hubspotAct("mergeContacts", {
    primaryObjectId: winner.hubspotId,
    objectIdToMerge: loser.hubspotId,
  });
}

async function mergeInSalesforce(history: History): Promise<void> {
  const two = await pickTwo(
    history,
    (one, other) => one.salesforceId !== null && other.salesforceId !== null && one.type === other.type,
  );
  if (!two) return;
  const [master, merged, { contacts, records }] = two;
  const isLinked =
    records.get(merged.salesforceId ?? "")?.values.HubSpot_Contact_Id__c === merged.hubspotId &&
    contacts.get(merged.hubspotId ?? "")?.properties.kakehashi_salesforce_id === merged.salesforceId;
  const isClear = master.values.isEverySettled() && master.hubspotId !== null;
  const group = join(history, master, merged, "Salesforce");
  group.salesforceIds.delete(merged.salesforceId ?? "");
  if (!isLinked) group.unlinkedContact = merged.hubspotId;
  if (!isClear) master.hubspotId = null;
  const ids = { masterId: master.salesforceId, mergedIds: [merged.salesforceId] };
  await history.world.salesforceAct("merge", ids);
}

/** The loser's records belong to the group from now on; nobody edits them by the loser's name any more. */
function join({ log }: History, winner: Person, loser: Person, where: string): Group {
  const ids = (...all: (string | null)[]) => new Set(all.filter((id) => id !== null));
  const group: Group = {
    emails: [winner.email, loser.email],
    hubspotIds: ids(winner.hubspotId, loser.hubspotId),
    salesforceIds: ids(winner.salesforceId, loser.salesforceId),
    unlinkedContact: null,
  };
  winner.group = group;
  loser.group = group;
  loser.isJudged = false;
  winner.values.blurWith(loser.values, log.second);
  winner.values.salesforceEditedAt = log.second;
  log.noteAct(winner, `${loser.key} (${log.tell(loser)}) merged into it in ${where}`);
  return group;
}

/** The two people are one on the other side too: either record may be the one that stays. */
async function mergeLeftOver(history: History): Promise<void> {
  const { log, random, world } = history;
  const standing = await learnPartners(history);
  const open = log.people.filter(
    ({ isJudged, group, lockedUntil }) =>
      isJudged && group && group.hubspotIds.size + group.salesforceIds.size === 3 && lockedUntil < log.second,
  );
  if (open.length === 0) return;
  const person = random.pick(open);
  const { group } = person;
  if (!group) return;
  const isInHubSpot = group.hubspotIds.size === 2;
  const [first = "", second = ""] = isInHubSpot ? group.hubspotIds : group.salesforceIds;
  const [winner, loser] = random.chance(0.5) ? [first, second] : [second, first];
  if (isInHubSpot) {
    await world.hubspotAct("mergeContacts", { primaryObjectId: winner, objectIdToMerge: loser });
    group.hubspotIds.delete(loser);
    person.hubspotId = winner;
  } else {
    if (standing.records.get(winner)?.type !== standing.records.get(loser)?.type) return;
    await world.salesforceAct("merge", { masterId: winner, mergedIds: [loser] });
    group.salesforceIds.delete(loser);
    person.salesforceId = winner;
  }
  person.values.blurWith(person.values, log.second);
  person.values.salesforceEditedAt = log.second;
  log.noteAct(person, `left over: ${loser} merged into ${winner}`);
}

/** Of each side stands exactly what people left standing, and of those as many pairs are linked as can be. */
function judgeGroup({ key, group }: Person, { contacts, records }: Standing): string[] {
  if (!group) return [];
  const found = {
    HubSpot: [...contacts.values()].filter((c) => emailsOf(c).some((email) => group.emails.includes(email))),
    Salesforce: [...records.values()].filter((r) => group.emails.includes(emailOf(r))),
  };
  const expected = { HubSpot: group.hubspotIds, Salesforce: group.salesforceIds };
  const violations: string[] = [];
  for (const side of ["HubSpot", "Salesforce"] as const) {
    const ids = found[side].map(({ id }) => id);
    for (const id of ids)
      if (!expected[side].has(id)) violations.push(`I2: ${key} was merged and ${side} got ${id} more`);
    for (const id of expected[side]) {
      const stands = side === "HubSpot" ? contacts.has(id) : records.has(id);
      if (!stands) violations.push(`I1: ${key} was merged and ${id} is missing in ${side}`);
    }
  }
  const links = found.Salesforce.filter(({ values }) => group.hubspotIds.has(String(values.HubSpot_Contact_Id__c)));
  if (links.length !== Math.min(group.hubspotIds.size, group.salesforceIds.size))
    violations.push(`M5: ${key} was merged and has ${links.length} pairs`);
  return violations;
}
