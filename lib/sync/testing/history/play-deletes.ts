import { readBrake } from "@/lib/store/brakes";
import { getDatabase } from "@/lib/store/client";
import { decideBrake } from "@/lib/sync/decide-brake";
import type { Person } from "./edit-log";
import { type History, type Kind, withoutFaults } from "./history";
import { pickKnown } from "./play-people";
import { readStanding } from "./standing";

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
      const { contacts, records } = await withoutFaults(history, () => readStanding(history.world));
      return deleted
        .filter(({ wasPaired }) => wasPaired)
        .flatMap(({ person, from }) => {
          const stands = {
            hubspot: contacts.has(person.hubspotId ?? ""),
            salesforce: records.has(person.salesforceId ?? ""),
          };
          const other = from === "hubspot" ? "salesforce" : "hubspot";
          if (stands[from]) return [`C3: ${person.key} was deleted in ${from} and stands there again`];
          if (stands[other] === !follow) return [];
          const fate = follow ? "still stands" : "is gone";
          return [`C3: ${person.key} was deleted in ${from} and ${fate} in ${other}: ${history.log.tell(person)}`];
        });
    },
  };
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
