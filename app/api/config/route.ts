import { writeAudit } from "@/lib/access/write-audit";
import { type ConfigFile, configImportSchema } from "@/lib/contracts/config-file";
import { settingsSchema } from "@/lib/contracts/settings";
import { Refusal } from "@/lib/server/problem";
import { defineRoute } from "@/lib/server/route";
import { readBasis } from "@/lib/store/jobs";
import { applyConfig, exportConfig, previewConfig } from "@/lib/sync/config-file";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";

const SETTINGS = Object.keys(settingsSchema.shape) as (keyof ConfigFile["settings"])[];

/** X5: settings and mappings as one file that people read and keep under version control; no secrets are in it. */
export const GET = defineRoute({
  allow: "read",
  handle: async () => {
    const config = await exportConfig(await readCurrentConnectionId(), SETTINGS);
    const day = new Date().toISOString().slice(0, 10);
    return new Response(`${JSON.stringify(config, null, 2)}\n`, {
      headers: {
        "content-type": "application/json",
        "content-disposition": `attachment; filename="kakehashi-config-${day}.json"`,
      },
    });
  },
});

/** X5: imports exactly what the diff showed. */
export const POST = defineRoute({
  allow: "configure",
  body: configImportSchema,
  handle: async ({ caller, body: { file, basis } }) => {
    const id = await readCurrentConnectionId();
    if (basis !== (await readBasis(id))) throw new Refusal("changed_meanwhile");
    const { changes, problems } = await previewConfig(id, file);
    if (problems.length > 0) throw new Refusal("invalid_input", { fields: problems });
    const failed = await applyConfig(id, file, caller.name);
    await writeAudit(caller.name, "settings_changed", id, { from: "config import", changes });
    return { applied: changes.length, failed };
  },
});
