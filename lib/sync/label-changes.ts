import type { JournalChange } from "@/lib/contracts/records";
import {
  SALESFORCE_TYPES_OF,
  type SalesforceType,
  type Schemas,
  type Side,
  type SyncObject,
  toMappedObject,
} from "@/lib/decide/record-types";
import { readAllSchemas } from "@/lib/store/schema-snapshots";
import { findSchema, loadTexts, type TellText, valuesOfChange } from "./view-values";

type NamedChange = Pick<JournalChange, "side" | "hubspotProperty" | "salesforceField" | "before" | "after">;
type Labelled = Pick<JournalChange, "hubspotLabel" | "salesforceLabel" | "beforeText" | "afterText">;
/** A record with what was or would be written to it. */
type Changed<Change> = { object: SyncObject; salesforceType: SalesforceType | null; changes: Change[] };

/** Puts to every change of many records the labels of its fields and how its CRM shows the values. */
export async function labelChanges<Change extends NamedChange>(
  connectionId: string,
  records: Changed<Change>[],
): Promise<(Change & Labelled)[][]> {
  const schemasOf = await readAllSchemas(connectionId);
  const typeOf = ({ object, salesforceType }: Changed<Change>) =>
    salesforceType ?? SALESFORCE_TYPES_OF[object][0] ?? "Lead";
  const labelled = new Map<Changed<Change>, (Change & Labelled)[]>();
  for (const group of Map.groupBy(records, (record) => `${record.object} ${typeOf(record)}`).values()) {
    const [first] = group;
    if (!first) continue;
    const schemas = schemasOf(toMappedObject(first.object));
    const changes = group.flatMap((record) => record.changes);
    const tell = await loadTexts(connectionId, schemas, typeOf(first), changes.flatMap(valuesOfChange));
    const toLabelled = makeLabeller(schemas, typeOf(first), tell);
    for (const record of group) labelled.set(record, record.changes.map(toLabelled));
  }
  return records.map((record) => labelled.get(record) ?? []);
}

function makeLabeller(schemas: Schemas, type: SalesforceType, tell: TellText) {
  const label = (side: Side, field: string) => findSchema(schemas, side, type, field)?.label ?? field;
  return <Change extends NamedChange>(change: Change): Change & Labelled => {
    const [before, after] = valuesOfChange(change);
    return {
      ...change,
      hubspotLabel: label("hubspot", change.hubspotProperty),
      salesforceLabel: label("salesforce", change.salesforceField),
      beforeText: tell(before),
      afterText: tell(after),
    };
  };
}
