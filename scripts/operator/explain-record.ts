import { linkBase } from "@/lib/server/link-base";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";
import { findRecordId, viewRecord } from "@/lib/sync/view-records";
import messages from "@/messages/en/reasons.json";
import { OperatorError } from "./operator-error";

/**
 * `kakehashi explain <id or email>`: why a record is (not) syncing (spec G6), from what we know; no call to a CRM.
 * @throws OperatorError for a record that we do not know.
 */
export async function explainRecord(wanted: string, json: boolean): Promise<void> {
  const connectionId = await readCurrentConnectionId();
  const id = await findRecordId(connectionId, readKey(wanted));
  const record = id === null ? null : await viewRecord(connectionId, id, linkBase());
  if (!record) {
    throw new OperatorError(
      `No record with "${wanted}" is known here. It is found by a HubSpot id, a Salesforce id or an e-mail address, once a check has seen it.`,
    );
  }
  if (json) {
    console.log(JSON.stringify(record, null, 2));
    return;
  }
  console.log(`${record.name || wanted}: ${record.state.replace("_", " ")}`);
  console.log(`  HubSpot     ${record.hubspotId ?? "no record"}  ${record.hubspotUrl ?? ""}`);
  console.log(`  Salesforce  ${record.salesforceId ?? "no record"}  ${record.salesforceUrl ?? ""}`);
  for (const error of record.errors) console.log(`  Error       ${error.type}: ${error.remoteMessage}`);
  for (const gate of record.gates) console.log(`  ${gate.passed ? "yes" : "NO "}  ${wordGate(gate)}`);
}

function readKey(wanted: string): Parameters<typeof findRecordId>[1] {
  if (wanted.includes("@")) return { object: "contact", email: wanted };
  return /^\d+$/.test(wanted) ? { object: "contact", hubspotId: wanted } : { object: "contact", salesforceId: wanted };
}

function wordGate({ name, passed, fact }: { name: string; passed: boolean; fact: string }): string {
  const words = (messages.gates as Record<string, { name?: string; yes?: string; no?: string } | undefined>)[name];
  const said = passed ? words?.yes : words?.no;
  // Sentences with places to fill in belong to the pages; here the fact says it.
  const sentence = said === undefined || said.includes("{") ? fact : said;
  return `${words?.name ?? name}${sentence ? `: ${sentence}` : ""}`;
}
