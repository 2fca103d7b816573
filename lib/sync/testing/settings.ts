import type { ConnectionSettings } from "@/lib/decide/connection-settings";
import { readConnection, saveSettings } from "@/lib/store/connections";
import type { SyncWorld } from "./world";

/** Saves settings as they are, past the checks of the settings page. */
export async function changeWorld(world: SyncWorld, settings: Partial<ConnectionSettings>): Promise<void> {
  const connection = await readConnection(world.connectionId);
  await saveSettings(world.connectionId, connection?.settingsVersion ?? 1, settings);
}

/** An active list of the contacts (or "0-2", "0-3") whose property has this value; answers its id. */
export async function makeActiveList(
  world: SyncWorld,
  name: string,
  property: string,
  value: string,
  objectTypeId = "0-1",
): Promise<string> {
  const made = await world.hubspotAct("createList", {
    name,
    objectTypeId,
    processingType: "DYNAMIC",
    filterBranch: branch("OR", [], [branch("AND", [isEqual(property, value)], [])]),
  });
  return (made.result as { listId: string }).listId;
}

function branch(type: "AND" | "OR", filters: object[], filterBranches: object[]) {
  return { filterBranchType: type, filterBranchOperator: type, filters, filterBranches };
}

function isEqual(property: string, value: string) {
  const operation = { operationType: "MULTISTRING", operator: "IS_EQUAL_TO", values: [value] };
  return { filterType: "PROPERTY", property, operation };
}
