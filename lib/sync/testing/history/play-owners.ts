import { editContact, editRecord } from "../pairs";
import type { Person } from "./edit-log";
import type { History, Kind } from "./history";
import { pickKnown } from "./play-people";
import { learnPartners } from "./standing";

type Owner = { email: string; ownerId: string; userId: string };

const OWNER = "hubspot_owner_id";

/**
 * O1, T15: people hand contacts, leads and Salesforce contacts over to one another, on either side; sometimes to somebody
 * whom Salesforce does not know. Who is whom the oracle finds out by address, as the specification says.
 */
export function playOwners(): Kind {
  const owners: Owner[] = [];
  const strangers: string[] = [];
  return {
    name: "owners",
    async prepare(history) {
      await findOwners(history, owners, strangers);
      history.pickOwner = () => history.random.pick(owners);
    },
    steps: [
      { weight: 8, name: "new owner in HubSpot", run: (history) => handOver(history, "hubspot", owners) },
      { weight: 8, name: "new owner in Salesforce", run: (history) => handOver(history, "salesforce", owners) },
      {
        weight: 3,
        name: "an owner whom Salesforce does not know",
        run: (history) => handToStranger(history, strangers),
      },
    ],
    judge: (history) => judgeOwners(history, owners),
  };
}

async function findOwners({ world }: History, owners: Owner[], strangers: string[]): Promise<void> {
  const people = (await world.door("hubspot", "GET", "/crm/v3/owners")).results as { id: string; email: string }[];
  const users = await world.soql("SELECT Id, Email FROM User WHERE IsActive = true");
  for (const { id, email } of people) {
    const same = users.filter((user) => String(user.Email).toLowerCase() === email.toLowerCase());
    if (same.length === 0) strangers.push(id);
    else owners.push({ email: email.toLowerCase(), ownerId: id, userId: String(same[0]?.Id) });
  }
  if (owners.length < 2) throw new Error("The sandboxes have too few people in common");
}

async function handOver(history: History, side: "hubspot" | "salesforce", owners: Owner[]): Promise<void> {
  const person = pickKnown(history, side);
  if (!person) return;
  const { email, ownerId, userId } = history.random.pick(owners);
  if (side === "hubspot") await editContact(history.world, person.hubspotId ?? "", { [OWNER]: ownerId });
  else await editRecord(history.world, person.type, person.salesforceId ?? "", { OwnerId: userId });
  history.log.noteEdit(person, side, { [OWNER]: email });
}

/** Salesforce keeps its owner and HubSpot takes him back: as if nobody had edited anything. */
async function handToStranger(history: History, strangers: string[]): Promise<void> {
  const settled = history.log.people.filter(
    (p) => p.isJudged && p.hubspotId && p.salesforceId && p.values.isSettled(OWNER),
  );
  if (settled.length === 0 || strangers.length === 0) return;
  const person = history.random.pick(settled);
  await editContact(history.world, person.hubspotId ?? "", { [OWNER]: history.random.pick(strangers) });
  history.log.noteAct(person, "handed to somebody unknown to Salesforce");
}

async function judgeOwners(history: History, owners: Owner[]): Promise<string[]> {
  const { contacts, records } = await learnPartners(history);
  const judge = (person: Person): string[] => {
    const allowed = person.values.allowed(OWNER);
    if (person.isHeldBack || allowed.every((value) => value === null)) return [];
    const ownerId = contacts.get(person.hubspotId ?? "")?.properties[OWNER];
    const userId = records.get(person.salesforceId ?? "")?.values.OwnerId;
    const hubspot = owners.find((owner) => owner.ownerId === ownerId)?.email ?? ownerId ?? null;
    const salesforce = owners.find((owner) => owner.userId === userId)?.email ?? String(userId);
    if (hubspot !== salesforce) {
      return [
        `O1: ${person.key} belongs to ${hubspot} in HubSpot and ${salesforce} in Salesforce: ${history.log.tell(person)}`,
      ];
    }
    if (allowed.includes(hubspot)) return [];
    return [
      `O1: ${person.key} belongs to ${hubspot}, last given to ${allowed.join(" or ")}: ${history.log.tell(person)}`,
    ];
  };
  return history.log.people.filter((p) => p.isJudged).flatMap(judge);
}
