import type { AppApi } from "./app-api";
import { makePair, type Pair } from "./people";
import type { Sandbox } from "./sandbox";

const RULE = "Title_spelled_out";
/** What the validation rule of `makeFailing` says. */
export const REFUSAL = "Spell the job title out: two letters are not enough.";

type Parts = { app: AppApi; hubspot: Sandbox; salesforce: Sandbox };

/** A linked person whose new job title a validation rule refuses. Ends with `cureFailing`. `properties`: as in `makePair`. */
export async function makeFailing(
  { app, hubspot, salesforce }: Parts,
  properties: Record<string, string> = {},
): Promise<Pair> {
  await salesforce.act("addValidationRule", {
    object: "Lead",
    name: RULE,
    errorCondition: "LEN(Title) = 2",
    errorMessage: REFUSAL,
    errorField: "Title",
  });
  const pair = await makePair({ app, hubspot }, properties);
  await hubspot.act("updateContact", { id: pair.hubspotId, properties: { jobtitle: "VP" } });
  await app.checkUntil(pair.email, "failing");
  return pair;
}

/** Takes the rule away again and lets the person sync. */
export async function cureFailing({ app, hubspot, salesforce }: Parts, pair: Pair): Promise<void> {
  await salesforce.act("removeValidationRule", { object: "Lead", name: RULE });
  await hubspot.act("updateContact", { id: pair.hubspotId, properties: { jobtitle: "Vice President" } });
  await app.checkUntil(pair.email, "in_sync");
}
