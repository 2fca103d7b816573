import { startHubSpotSandbox } from "@/sandbox/hubspot/server";
import { startSalesforceSandbox } from "@/sandbox/salesforce/server";
import { answerParent } from "./child";

/**
 * One sandbox as a process, so that its CPU and memory are not counted as ours. Without a snapshot file: saving 10,000
 * records after every change would only slow the machine down.
 */
const [side, contacts] = process.argv.slice(2);
const start = side === "hubspot" ? startHubSpotSandbox : startSalesforceSandbox;
const started = start({ port: 0, seed: 7, contacts: Number(contacts ?? 0) });
answerParent(async () => {
  const { url, port } = await started;
  return { url, port };
});
