import { answerParent } from "../world/child";
import { openEngine, syncAll } from "../world/engine";
import { measureUsage } from "./usage";

/** The engine alone in a process: "prepare", then any number of "work", each answered with its Usage. */
const [databaseUrl = "", hubspot = "", salesforce = ""] = process.argv.slice(2);
let connectionId = "";

answerParent(async (question) => {
  const { task } = question as { task: "prepare" | "work" };
  if (task === "work") return measureUsage(async () => (await syncAll(connectionId)).synced);
  connectionId = await openEngine(databaseUrl, { hubspot, salesforce });
  return null;
});
