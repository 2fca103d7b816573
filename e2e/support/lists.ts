import type { Sandbox } from "./sandbox";

let made = 0;

/** A name that no list has yet. */
export function inventListName(beginning: string): string {
  made += 1;
  return `${beginning} ${Date.now().toString(36)}${made}`;
}

/** A static list with these people in it, by address; answers its id. */
export async function makeStaticList(hubspot: Sandbox, name: string, emails: readonly string[]): Promise<string> {
  const { listId } = await hubspot.act<{ listId: string }>("createList", { name });
  for (const email of emails) await hubspot.act("addToList", { listId, email });
  return listId;
}

/** An active list of the contacts whose property has this value; answers its id. */
export async function makeActiveList(hubspot: Sandbox, name: string, property: string, value: string): Promise<string> {
  const operation = { operationType: "MULTISTRING", operator: "IS_EQUAL_TO", values: [value] };
  const filter = { filterType: "PROPERTY", property, operation };
  const { listId } = await hubspot.act<{ listId: string }>("createList", {
    name,
    processingType: "DYNAMIC",
    filterBranch: branch("OR", [], [branch("AND", [filter], [])]),
  });
  return listId;
}

function branch(type: "AND" | "OR", filters: object[], filterBranches: object[]) {
  return { filterBranchType: type, filterBranchOperator: type, filters, filterBranches };
}
