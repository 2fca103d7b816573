import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { runProgram } from "./run-program";

const root = path.resolve(import.meta.dirname, "..");

// Every room needs a file that others can import.
const TARGETS = [
  "app/page.tsx",
  "components/ui/button.tsx",
  "components/features/contacts/table.tsx",
  "components/layout/shell.tsx",
  "lib/access/roles.ts",
  "lib/browser/theme.ts",
  "lib/contracts/problem.ts",
  "lib/crm/face.ts",
  "lib/crm/hubspot/call.ts",
  "lib/crm/salesforce/call.ts",
  "lib/decide/types.ts",
  "lib/server/env.ts",
  "lib/server/route.ts",
  "lib/store/records.ts",
  "lib/store/generated/client.ts",
  "lib/sync/drain.ts",
  "lib/sync/testing/world.ts",
  "sandbox/shared/clock.ts",
  "scripts/tool.ts",
  "bench/run.ts",
];

/** [rule, file that breaks it, what that file imports] */
const BREAKERS: [rule: string, file: string, imported: string][] = [
  ["room-decide", "lib/decide/a.ts", "@/lib/store/records"],
  ["room-decide", "lib/decide/b.ts", "@/lib/contracts/problem"],
  ["decide-is-pure", "lib/decide/c.ts", "zod"],
  ["decide-is-pure", "lib/decide/d.ts", "node:crypto"],
  ["room-contracts", "lib/contracts/a.ts", "@/lib/store/records"],
  ["room-store", "lib/store/a.ts", "@/lib/sync/drain"],
  ["types-only-store", "lib/store/b.ts", "@/lib/crm/face"],
  ["room-store", "lib/store/c.ts", "@/lib/crm/hubspot/call"],
  ["room-crm", "lib/crm/a.ts", "@/lib/store/records"],
  ["room-crm-hubspot", "lib/crm/hubspot/a.ts", "@/lib/crm/salesforce/call"],
  ["room-crm-salesforce", "lib/crm/salesforce/a.ts", "@/lib/crm/hubspot/call"],
  ["room-sync", "lib/sync/a.ts", "@/lib/access/roles"],
  ["types-only-sync", "lib/sync/b.ts", "@/lib/contracts/problem"],
  ["types-only-components", "components/layout/e.tsx", "@/lib/decide/types"],
  ["room-access", "lib/access/a.ts", "@/lib/sync/drain"],
  ["room-access", "lib/access/b.ts", "@/lib/crm/hubspot/call"],
  ["room-server", "lib/server/a.ts", "@/lib/store/records"],
  ["room-notify", "lib/notify/a.ts", "@/lib/access/roles"],
  ["env-stands-alone", "lib/server/env.ts", "@/lib/access/roles"],
  ["room-browser", "lib/browser/a.ts", "@/lib/server/route"],
  ["no-room", "lib/helpers/a.ts", "@/lib/decide/types"],
  ["room-components", "components/features/contacts/a.tsx", "@/lib/store/records"],
  ["room-components", "components/layout/b.tsx", "@/lib/access/roles"],
  ["room-components", "components/layout/c.tsx", "@/lib/crm/face"],
  ["room-components", "components/layout/d.tsx", "@/lib/sync/drain"],
  ["room-components-ui", "components/ui/a.tsx", "@/components/features/contacts/table"],
  ["features-stay-apart", "components/features/mappings/a.tsx", "@/components/features/contacts/table"],
  ["room-app", "app/a.tsx", "@/lib/crm/face"],
  ["no-prisma-client-outside-store", "app/b.tsx", "@/lib/store/generated/client"],
  ["room-sandbox", "sandbox/hubspot/a.ts", "@/lib/decide/types"],
  ["room-clients", "clients/a.test.ts", "@/sandbox/shared/clock"],
  ["product-without-sandbox", "lib/sync/c.ts", "@/sandbox/shared/clock"],
  ["product-without-sandbox", "app/c.tsx", "@/bench/run"],
  ["product-without-test-parts", "lib/sync/d.ts", "@/lib/sync/testing/world"],
  ["product-without-test-parts", "app/d.tsx", "@/scripts/tool"],
  ["hubspot-client-in-one-place", "lib/sync/e.ts", "@hubspot/api-client"],
  ["hubspot-client-in-one-place", "app/e.tsx", "@hubspot/api-client"],
  ["jsforce-in-one-place", "lib/crm/hubspot/b.ts", "jsforce"],
  ["database-in-one-place", "lib/sync/f.ts", "pg"],
  ["database-in-one-place", "app/f.tsx", "@prisma/client"],
  ["react-in-the-browser", "lib/sync/g.ts", "react"],
  ["tools-stay-out-of-the-product", "lib/sync/h.ts", "fast-check"],
  ["no-unresolvable", "lib/sync/i.ts", "@/lib/sync/nowhere"],
];

const TYPES_ALLOWED: [file: string, imported: string][] = [
  ["components/layout/ok.tsx", "@/lib/decide/types"],
  ["lib/sync/ok3.ts", "@/lib/contracts/problem"],
];

const ALLOWED: [file: string, imported: string][] = [
  ["lib/decide/ok.ts", "@/lib/decide/types"],
  ["lib/decide/ok.test.ts", "fast-check"],
  ["lib/sync/ok.ts", "@/lib/store/records"],
  ["lib/sync/ok2.ts", "@/lib/crm/hubspot/call"],
  ["lib/sync/ok.integration.test.ts", "@/sandbox/shared/clock"],
  ["lib/access/ok.ts", "@/lib/crm/face"],
  ["lib/crm/hubspot/ok.ts", "@hubspot/api-client"],
  ["lib/crm/salesforce/ok.ts", "jsforce"],
  ["lib/store/ok.ts", "@prisma/client"],
  ["components/features/contacts/ok.tsx", "@/components/ui/button"],
  ["components/features/contacts/ok2.tsx", "@/lib/contracts/problem"],
  ["app/ok.tsx", "@/lib/sync/drain"],
  ["scripts/ok.ts", "pg"],
];

const report = z.object({
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});

let house: string;
let broken: Set<string>;

beforeAll(async () => {
  house = mkdtempSync(path.join(tmpdir(), "kakehashi-rules-"));
  for (const link of ["node_modules", "package.json", "tsconfig.json", ".dependency-cruiser.cjs"]) {
    symlinkSync(path.join(root, link), path.join(house, link));
  }
  for (const file of TARGETS) write(file, "");
  for (const [, file, imported] of BREAKERS) write(file, `import "${imported}";\n`);
  for (const [file, imported] of ALLOWED) write(file, `import "${imported}";\n`);
  for (const [file, imported] of TYPES_ALLOWED) write(file, `import type { here as there } from "${imported}";\n`);
  write("lib/sync/round.ts", 'import type { Trip } from "./trip";\nexport type Round = Trip[];\n');
  write("lib/sync/trip.ts", 'import type { Round } from "./round";\nexport type Trip = { back: Round };\n');
  broken = await findViolations();
}, 60_000);

afterAll(() => rmSync(house, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(house, file)), { recursive: true });
  writeFileSync(path.join(house, file), `${text}export const here = "${file}";\n`);
}

async function findViolations(): Promise<Set<string>> {
  const cli = path.join(root, "node_modules", "dependency-cruiser", "bin", "dependency-cruiser.mjs");
  const folders = ["app", "bench", "clients", "components", "lib", "sandbox", "scripts"];
  const run = await runProgram(process.execPath, [cli, ...folders, "--output-type", "json"], { cwd: house });
  const { violations } = report.parse(JSON.parse(run.output)).summary;
  return new Set(violations.map((violation) => `${violation.rule.name} ${violation.from}`));
}

describe("import rules", () => {
  it.each(BREAKERS)("%s refuses %s importing %s", (rule, file) => {
    expect([...broken]).toContain(`${rule} ${file}`);
  });

  it("refuse a cycle even when it is made of types only", () => {
    expect([...broken].some((entry) => entry.startsWith("no-cycles lib/sync/"))).toBe(true);
  });

  it.each([...ALLOWED, ...TYPES_ALLOWED])("let %s import %s", (file) => {
    expect([...broken].filter((entry) => entry.endsWith(` ${file}`))).toEqual([]);
  });
});
