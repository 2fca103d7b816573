import { startEventWork } from "@/scripts/event-work";
import { answerParent } from "../world/child";
import { openEngine, querySql, syncAll } from "../world/engine";

/** A worker of its own: "prepare" and "sync" bring both sides together, "listen" begins to work off what events wake. */
const [databaseUrl = "", hubspot = "", salesforce = ""] = process.argv.slice(2);
let connectionId = "";

answerParent(async (question) => {
  const { task } = question as { task: "prepare" | "sync" | "listen" };
  if (task === "prepare") connectionId = await openEngine(databaseUrl, { hubspot, salesforce });
  else if (task === "sync") await syncAll(connectionId);
  else {
    const events = `UPDATE connection SET settings = settings || '{"salesforceEvents": true}'`;
    await querySql(databaseUrl, events);
    startEventWork(databaseUrl, async () => {});
  }
  return connectionId;
});
