import { createApiKey, hasSettingsKey } from "@/lib/access/api-keys";
import { apiKeyInputSchema } from "@/lib/contracts/api-keys";
import { Refusal } from "@/lib/server/problem";
import { defineRoute, jsonResponse } from "@/lib/server/route";
import { listApiKeys } from "@/lib/store/api-keys";
import { viewApiKey } from "./view-api-key";

export const GET = defineRoute({
  allow: "administer",
  handle: async () => ({ keys: (await listApiKeys()).map(viewApiKey), inSettings: hasSettingsKey() }),
});

/** Makes a key; this answer is the only one that holds it. */
export const POST = defineRoute({
  allow: "administer",
  body: apiKeyInputSchema,
  handle: async ({ caller, body }) => {
    const result = await createApiKey(body, caller);
    if (result.kind !== "made") throw new Refusal(result.kind);
    return jsonResponse({ key: viewApiKey(result.key), secret: result.secret }, 201);
  },
});
