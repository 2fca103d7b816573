import { createInterface } from "node:readline";
import { closeDatabase, connectDatabase } from "@/lib/store/client";
import { advanceJob } from "@/lib/sync/advance-job";
import { configureTokenSources } from "@/lib/sync/open-crms";
import { runSync } from "@/lib/sync/run-sync";

/**
 * One worker process of a test. Settings come in the environment; each line on stdin, `{"budgetMs", "batchSize"?}`, is one
 * run, or with a `jobId` one turn of that job, answered with the result as one line of JSON. It ends when stdin does.
 */
const { DATABASE_URL, CONNECTION_ID, HUBSPOT_URL, SALESFORCE_URL, HUBSPOT_TOKEN, SALESFORCE_TOKEN } = process.env;

connectDatabase(DATABASE_URL ?? "");
configureTokenSources((_, side) => {
  const token =
    side === "hubspot"
      ? { accessToken: HUBSPOT_TOKEN ?? "", baseUrl: HUBSPOT_URL ?? "" }
      : { accessToken: SALESFORCE_TOKEN ?? "", baseUrl: SALESFORCE_URL ?? "" };
  return { current: async () => token, renew: async () => token };
});

process.stdout.write("ready\n");
for await (const line of createInterface({ input: process.stdin })) {
  const { jobId, ...options } = JSON.parse(line) as { budgetMs: number; batchSize?: number; jobId?: string };
  const result = jobId
    ? { end: await advanceJob(CONNECTION_ID ?? "", jobId, Date.now() + options.budgetMs) }
    : await runSync(CONNECTION_ID ?? "", { kind: "check", by: null, ...options });
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
await closeDatabase();
