import { startHubSpotSandbox } from "@/sandbox/hubspot/server";
import { startSalesforceSandbox } from "@/sandbox/salesforce/server";
import { answerParent } from "../world/child";

/** Memory of one server, in MB: what the system gave it, and what its records hold after a collection. */
export type ServerMemory = { rss: number; heap: number };
/** CPU time that the server has used so far, in seconds, all its threads together. */
export type ServerCpu = { seconds: number };
export type ServerPlace = { url: string; seconds: number };

/** One sandbox with the sample world of so many people, and what it tells of itself. */
const [side, people] = process.argv.slice(2);
const started = performance.now();
const start = side === "hubspot" ? startHubSpotSandbox : startSalesforceSandbox;
const opening = start({ port: 0, seed: 7, contacts: Number(people ?? 0) }).then((sandbox): ServerPlace => {
  return { url: sandbox.url, seconds: (performance.now() - started) / 1000 };
});

function readMemory(): ServerMemory {
  const { rss } = process.memoryUsage();
  globalThis.gc?.();
  return { rss: rss / 2 ** 20, heap: process.memoryUsage().heapUsed / 2 ** 20 };
}

function readCpu(): ServerCpu {
  const { user, system } = process.cpuUsage();
  return { seconds: (user + system) / 1e6 };
}

answerParent(async (question) => {
  if (question === "memory") return readMemory();
  return question === "cpu" ? readCpu() : opening;
});
