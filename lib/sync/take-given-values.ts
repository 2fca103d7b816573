import type { DecisionSettings } from "@/lib/decide/decide-deal-fields";
import { decideRecord } from "@/lib/decide/decide-record";
import type { FieldPlan } from "@/lib/decide/decision-types";
import type { Values } from "@/lib/decide/record-types";
import type { RecordWork } from "./batch-work";

/**
 * After a create in Salesforce: decides once more about the fields that were not sent. Salesforce filled some by itself
 * (owner by assignment rules, picklist defaults, flows), and by the rules of a first sync HubSpot may take them. The
 * found writes join the record's plan; answers whether there were any.
 */
export function takeGivenValues(work: RecordWork, settings: DecisionSettings): boolean {
  const [created] = work.salesforceOutcomes;
  if (work.decision?.kind !== "plan" || !work.hubspot || !created?.ok || work.copy) return false;
  const { salesforce, fields } = work.decision;
  if (salesforce?.operation !== "create") return false;
  // The default owner is Salesforce's own choice as much as an assignment rule's: HubSpot takes it back (O1).
  const isGivenOwner = (f: FieldPlan) => f.salesforceField === "OwnerId" && f.decision.action !== "write";
  const sent = fields.filter((f) => f.salesforceField in salesforce.values && !isGivenOwner(f));
  const hubspot = work.hubspot;
  const second = decideRecord(
    {
      hubspot,
      salesforce: {
        id: created.id,
        type: salesforce.type,
        values: created.stored,
        modifiedAt: created.modifiedAt ?? Date.now(),
      },
      base: {
        hubspot: pick(
          hubspot.values,
          sent.map((f) => f.hubspotProperty),
        ),
        salesforce: pick(
          created.stored,
          sent.map((f) => f.salesforceField),
        ),
      },
      partnerTaken: false,
      missing: null,
      // What Salesforce filled in this moment is newer than anything HubSpot held before.
      hubspotEditTimes: Object.fromEntries(fields.map((f) => [f.hubspotProperty, hubspot.modifiedAt])),
    },
    settings,
  );
  if (second.kind !== "plan" || !second.hubspot) return false;
  const taken = second.fields.filter((f) => f.decision.action === "write" && f.decision.side === "hubspot");
  const takenIds = new Set(taken.map((f) => f.mappingId));
  work.decision = {
    ...work.decision,
    fields: [...fields.filter((f) => !takenIds.has(f.mappingId)), ...taken],
    hubspot: second.hubspot,
  };
  return true;
}

function pick(values: Values, names: string[]): Values {
  return Object.fromEntries(names.map((name) => [name, values[name] ?? null]));
}
