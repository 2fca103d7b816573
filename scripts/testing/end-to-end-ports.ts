import { execFileSync } from "node:child_process";
import type { StackPorts } from "../local-stack";

const SETTING = "KAKEHASHI_E2E_PORTS";

/** How many demos the browser tests share out among themselves: each worker has one to itself, with its own data. */
export const DEMOS = 3;

/**
 * Three free ports for each demo of the browser tests. Chosen once: Playwright reads its configuration in several
 * processes, and all of them must agree, so the choice travels in the environment.
 */
export function readEndToEndPorts(demo: number): StackPorts {
  process.env[SETTING] ??= chooseFreePorts();
  const [app = 0, hubspot = 0, salesforce = 0] = process.env[SETTING]
    .split(",")
    .map(Number)
    .slice(demo * 3);
  return { app, hubspot, salesforce };
}

/** In a process of its own because a configuration file is read synchronously and listening is not. */
function chooseFreePorts(): string {
  const program = `
    const net = require("node:net");
    const servers = Array.from({ length: ${DEMOS * 3} }, () => net.createServer().listen(0, "127.0.0.1"));
    setTimeout(() => { console.log(servers.map((s) => s.address().port).join(",")); process.exit(); }, 50);
  `;
  return execFileSync(process.execPath, ["-e", program], { encoding: "utf8" }).trim();
}
