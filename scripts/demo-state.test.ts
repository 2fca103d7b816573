import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { parseEnv } from "@/lib/server/env";
import { readDemoState } from "./demo-state";
import { describeEnvironment } from "./local-stack";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "kakehashi-demo-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

describe("the demo's secrets", () => {
  it("are made once, differ between demos, and only their owner can read them", () => {
    const first = readDemoState(folder);
    expect(readDemoState(folder)).toEqual(first);
    expect(readDemoState(path.join(folder, "other")).encryptionKeys).not.toBe(first.encryptionKeys);
    expect(statSync(path.join(folder, "demo.json")).mode & 0o777).toBe(0o600);
  });

  it("give way to settings", () => {
    vi.stubEnv("DEMO_ADMIN_PASSWORD", "a password of mine");
    expect(readDemoState(folder).adminPassword).toBe("a password of mine");
  });

  it("make settings that the app accepts", () => {
    const ports = { app: 3000, hubspot: 3100, salesforce: 3200 };
    const env = parseEnv(describeEnvironment(ports, readDemoState(folder), "postgresql://localhost/k"));
    expect(env.firstAdmin?.email).toBe("admin@kakehashi.example");
    expect(env.hubspot.apiUrl).toBe("http://127.0.0.1:3100");
  });
});
