import { writeAudit } from "@/lib/access/write-audit";
import { settingsPatchSchema } from "@/lib/contracts/settings";
import { Refusal } from "@/lib/server/problem";
import { refuseFailure } from "@/lib/server/refuse-failure";
import { defineRoute } from "@/lib/server/route";
import { changeSettings } from "@/lib/sync/change-connection";
import { viewConnection } from "@/lib/sync/view-connection";

export const PATCH = defineRoute({
  allow: "configure",
  body: settingsPatchSchema,
  handle: async ({ caller, body }) => {
    const before = await viewConnection();
    const result = await changeSettings(before.id, body);
    if (typeof result === "object") {
      if (result.kind === "crm_unavailable") throw refuseFailure(result.failure);
      throw new Refusal("invalid_input", { fields: result.fields });
    }
    if (result !== "saved") throw new Refusal(result);
    await writeAudit(caller.name, "settings_changed", before.id, { before: before.settings, change: body });
    return viewConnection();
  },
});
