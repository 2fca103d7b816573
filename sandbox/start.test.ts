import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sandbox-start-"));
});
afterAll(() => rm(folder, { recursive: true }));

function start(name: string, env: Record<string, string>) {
  const child = spawn(process.execPath, ["--import", "tsx", "sandbox/start.ts", name], {
    env: { ...process.env, KAKEHASHI_DATA_DIR: folder, DEMO_CONTACTS: "20", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { text: "" };
  const exit = once(child, "exit").then(([code]) => code as number | null);
  const listening = new Promise<void>((done) => {
    const read = (chunk: Buffer) => {
      output.text += chunk.toString();
      if (output.text.includes("listening on")) done();
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
  });
  return { child, output, exit, listening };
}

describe.each([
  ["hubspot", "HUBSPOT_SANDBOX_PORT"],
  ["salesforce", "SALESFORCE_SANDBOX_PORT"],
])("the %s sandbox's command", (name, portSetting) => {
  it("prints one line when it listens, and on SIGTERM saves its state and exits 0", async () => {
    const run = start(name, { [portSetting]: "0" });
    await Promise.race([run.listening, run.exit]);
    expect(run.output.text).toMatch(/^\w+ sandbox listening on http:\/\/127\.0\.0\.1:\d+\n$/);
    run.child.kill("SIGTERM");
    expect(await run.exit).toBe(0);
    expect(existsSync(join(folder, "sandbox", `${name}.jsonl.gz`))).toBe(true);
  });

  it("says clearly that its port is taken, and exits 1", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    const run = start(name, { [portSetting]: String(port) });
    expect(await run.exit).toBe(1);
    expect(run.output.text).toBe(`port ${port} is taken; set ${portSetting} to a free one\n`);
    other.close();
  });
});
