import { readBrake } from "@/lib/store/brakes";
import { getDatabase } from "@/lib/store/client";
import { decideBrake } from "@/lib/sync/decide-brake";
import type { Person } from "./edit-log";
import { type History, type Kind, withoutFaults } from "./history";
import { pickKnown } from "./play-people";
import { emailOf, emailsOf, readStanding, type Standing } from "./standing";

type Side = "hubspot" | "salesforce";
type Deleted = { person: Person; from: Side; wasPaired: boolean };

/**
 * People delete on either side. `follow`: the other side's record goes too, after a person's word (spec C3, C4);
 * otherwise it stays, and nothing is made in its place.
 */
export function playDeletes(follow: boolean): Kind {
  const deleted: Deleted[] = [];
  let hasHourPassed = false;
  const remove = (side: Side) => async (history: History) => {
    const person = pickKnown(history, side);
    if (!person || person.group) return;
    const { hubspotId, salesforceId } = person;
    const wasPaired = hubspotId !== null && salesforceId !== null && person.values.isEverySettled();
    person.isJudged = false;
    deleted.push({ person, from: side, wasPaired });
    history.log.noteAct(person, `deleted in ${side}`);
    if (side === "hubspot") await history.world.hubspotAct("archiveContact", { id: hubspotId });
    else await history.world.salesforceAct("deleteRecord", { object: person.type, id: salesforceId });
  };
  const weight = follow ? 3 : 1;
  return {
    name: follow ? "deletes follow" : "deletes",
    ...(follow ? { settings: { whenDeletedInHubSpot: "delete", whenDeletedInSalesforce: "archive" } as const } : {}),
    steps: [
      { weight, name: "delete in HubSpot", run: remove("hubspot") },
      { weight, name: "delete in Salesforce", run: remove("salesforce") },
      ...(follow
        ? [
            { weight: 6, name: "a person's word", run: async (history: History) => void (await letGoOn(history)) },
            { weight: 2, name: "an hour passes", run: letHourPass },
          ]
        : []),
    ],
    async beforeRest(history) {
      if (!hasHourPassed) await letHourPass();
      hasHourPassed = true;
      return letGoOn(history);
    },
    judge: async (history) => {
      const standing = await withoutFaults(history, () => readStanding(history.world));
      return deleted.flatMap((one) => judgeDelete(history, one, standing, follow));
    },
  };
}

/** C3, I13: by address, so that a record which was made in the deleted one's place is found as well. */
function judgeDelete(
  { log }: History,
  { person, from, wasPaired }: Deleted,
  { contacts, records }: Standing,
  follow: boolean,
): string[] {
  const stands = {
    hubspot: [...contacts.values()].some((contact) => emailsOf(contact).includes(person.email)),
    salesforce: [...records.values()].some((record) => emailOf(record) === person.email),
  };
  const other = from === "hubspot" ? "salesforce" : "hubspot";
  const told = `${person.key} was deleted in ${from}: ${log.tell(person)}`;
  const wasThere = (other === "hubspot" ? person.hubspotId : person.salesforceId) !== null;
  // What no sync had joined yet may be gone for good or go on alone; without a word to follow nothing else goes.
  if (!follow && wasThere && !stands[other]) return [`I13: nobody deleted it in ${other}; ${told}`];
  if (!wasPaired) return [];
  if (stands[from]) return [`C3: it stands there again; ${told}`];
  return follow && stands[other] ? [`C3: it still stands in ${other}; ${told}`] : [];
}

/** HubSpot's recycle bin is looked through once an hour: at rest once more, and that one look must find everything. */
async function letHourPass(): Promise<void> {
  await getDatabase().deletionScan.deleteMany();
}

/** C4: more deletes than 1 % of the pairs wait for a person, who says yes. */
async function letGoOn({ world }: History): Promise<boolean> {
  const brake = await readBrake(world.connectionId);
  if (brake?.state !== "waiting") return false;
  await decideBrake(world.connectionId, { id: brake.id, decision: "approve" }, "ops@example.com");
  return true;
}
