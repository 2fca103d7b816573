import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Secrets and sign-in of one demo; made once and kept, so that a restart can read what the last run encrypted. */
export type DemoState = {
  adminEmail: string;
  adminPassword: string;
  apiKey: string;
  cronSecret: string;
  metricsToken: string;
  encryptionKeys: string;
  authSecret: string;
};

// The setting that wins over the kept value, by name.
const SETTINGS: Record<keyof DemoState, string> = {
  adminEmail: "DEMO_ADMIN_EMAIL",
  adminPassword: "DEMO_ADMIN_PASSWORD",
  apiKey: "DEMO_API_KEY",
  cronSecret: "CRON_SECRET",
  metricsToken: "METRICS_TOKEN",
  encryptionKeys: "KAKEHASHI_ENCRYPTION_KEYS",
  authSecret: "BETTER_AUTH_SECRET",
};

/** Reads the state of the demo in `dataDir`, makes what is missing, and writes it back readable by the owner only. */
export function readDemoState(dataDir: string): DemoState {
  const file = path.join(dataDir, "demo.json");
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Partial<DemoState>) : {};
  const made = { ...makeState(), ...kept };
  for (const key of Object.keys(SETTINGS) as (keyof DemoState)[]) made[key] = process.env[SETTINGS[key]] || made[key];
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
  return made;
}

function makeState(): DemoState {
  return {
    adminEmail: "admin@kakehashi.example",
    adminPassword: randomBytes(9).toString("base64url"),
    apiKey: `kk_${randomBytes(24).toString("hex")}`,
    cronSecret: randomBytes(24).toString("hex"),
    metricsToken: randomBytes(24).toString("hex"),
    encryptionKeys: `demo:${randomBytes(32).toString("base64")}`,
    authSecret: randomBytes(32).toString("hex"),
  };
}
