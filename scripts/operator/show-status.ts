import { viewBudget } from "@/lib/sync/view-budget";
import { viewOverview } from "@/lib/sync/view-overview";

/** `kakehashi status`: what the overview page says, in words. With `json` the same as the API answers. */
export async function showStatus(json: boolean): Promise<void> {
  const [overview, budget] = await Promise.all([viewOverview(), viewBudget()]);
  if (json) {
    console.log(JSON.stringify({ overview, budget }, null, 2));
    return;
  }
  const { connection, counts, topErrors } = overview;
  const lines: [string, string][] = [
    ["Connection", describeConnection(connection)],
    ["HubSpot", describeSide(connection.hubspot)],
    ["Salesforce", describeSide(connection.salesforce)],
    ["Last check", overview.lastCheckAt ?? "never"],
    ["Next check", overview.checkRunning ? "running now" : (overview.nextCheckAt ?? "not planned")],
    [
      "Contacts",
      Object.entries(counts)
        .map(([state, count]) => `${count} ${state.replace("_", " ")}`)
        .join(", "),
    ],
    ["Errors", topErrors.map((error) => `${error.records} ${error.type}`).join(", ") || "none"],
    ["Salesforce calls", describeBudget(budget)],
    [
      "Change events",
      budget.events ? [budget.events.state, budget.events.detail].filter(Boolean).join(": ") : "not heard yet",
    ],
  ];
  for (const [name, words] of lines) console.log(`${name.padEnd(18)}${words}`);
}

function describeConnection(connection: Awaited<ReturnType<typeof viewOverview>>["connection"]): string {
  const { status, suspendedReason, suspendedSide, suspendedDetail } = connection;
  if (status !== "suspended") return status;
  return `suspended: ${suspendedReason} (${suspendedSide ?? "both"}) ${suspendedDetail ?? ""}`.trim();
}

function describeSide(side: { connected: boolean; name: string | null; id: string | null }): string {
  return side.connected ? `${side.name ?? ""} (${side.id ?? ""})` : "not connected";
}

function describeBudget(budget: Awaited<ReturnType<typeof viewBudget>>): string {
  const allocated = budget.allocation === null ? "no allocation known yet" : `${budget.allocation} allocated`;
  const org = budget.org ? `; the org: ${budget.org.used} of ${budget.org.max}` : "";
  const waits = budget.waiting ? `; work waits until ${budget.roomAt ?? "there is room"}` : "";
  return `${budget.used} in 24 h, ${allocated}${org}${waits}`;
}
