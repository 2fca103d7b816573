import { CrmCallError } from "@/lib/crm/face";
import type { RemoteFailure } from "@/lib/decide/classify-error";
import { type Batch, openWorks } from "./batch-work";

/**
 * C3, C4: Salesforce deletes an account's contacts and opportunities along with it. Nobody deleted those, and neither the
 * inclusion list nor the brake has seen them: such an account is left alone, and its record says why.
 */
export async function spareAccounts(batch: Batch): Promise<void> {
  if (batch.context.object !== "company") return;
  const works = openWorks(batch).filter(
    ({ decision, salesforce }) => decision?.kind === "delete" && decision.side === "salesforce" && salesforce,
  );
  if (works.length === 0) return;
  const ids = works.map((work) => work.salesforce?.id ?? "");
  const [contacts, opportunities] = await Promise.all([
    countByAccount(batch, "Contact", ids),
    countByAccount(batch, "Opportunity", ids),
  ]);
  for (const work of works) {
    work.calls += 2;
    const id = work.salesforce?.id ?? "";
    const held = { contacts: contacts.get(id) ?? 0, opportunities: opportunities.get(id) ?? 0 };
    if (held.contacts + held.opportunities > 0) work.refusal = refuse(held);
  }
}

async function countByAccount(
  { crms }: Batch,
  type: "Contact" | "Opportunity",
  ids: string[],
): Promise<Map<string, number>> {
  const keys = ids.map((value) => ({ field: "AccountId", value }));
  const rows = await crms.salesforce.readByKeys([type], keys, { [type]: ["AccountId"] }).catch(noneWhereHidden);
  const counts = new Map<string, number>();
  for (const { values } of rows) {
    const account = String(values.AccountId ?? "");
    counts.set(account, (counts.get(account) ?? 0) + 1);
  }
  return counts;
}

/** An object that our user may not see at all (opportunities, where no deals are synced) has nothing to show. */
function noneWhereHidden(error: unknown): [] {
  if (error instanceof CrmCallError && error.failure.code === "INVALID_TYPE") return [];
  throw error;
}

function refuse({ contacts, opportunities }: { contacts: number; opportunities: number }): RemoteFailure {
  const message = `The account still has ${contacts} contacts and ${opportunities} opportunities; Salesforce would delete them with it.`;
  return { side: "salesforce", status: 0, code: "ACCOUNT_IN_USE", message, fields: [], uncertain: false };
}
