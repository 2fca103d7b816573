import { execFileSync } from "node:child_process";
import type { StackPorts } from "../local-stack";

const SETTING = "KAKEHASHI_E2E_PORTS";

/**
 * Three free ports for the demo of the browser tests. Chosen once: Playwright reads its configuration in several
 * processes, and all of them must agree, so the choice travels in the environment.
 */
export function readEndToEndPorts(): StackPorts {
  process.env[SETTING] ??= chooseFreePorts();
  const [app = 0, hubspot = 0, salesforce = 0] = process.env[SETTING].split(",").map(Number);
  return { app, hubspot, salesforce };
}

/** In a process of its own because a configuration file is read synchronously and listening is not. */
function chooseFreePorts(): string {
  const program = `
    const net = require("node:net");
    const servers = [0, 0, 0].map(() => net.createServer().listen(0, "127.0.0.1"));
    setTimeout(() => { console.log(servers.map((s) => s.address().port).join(",")); process.exit(); }, 50);
  `;
  return execFileSync(process.execPath, ["-e", program], { encoding: "utf8" }).trim();
}
