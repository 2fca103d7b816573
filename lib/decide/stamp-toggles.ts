import type { CampaignRule, ConnectionSettings } from "./connection-settings";

type Toggles = Pick<ConnectionSettings, "activities" | "salesforceActivities">;

/** The moments of the toggles after a change of settings: one that goes from off to on starts `now` (spec A1). */
export function stampToggles(
  before: Toggles & Pick<ConnectionSettings, "activitiesSince">,
  after: Toggles,
  now: string,
): ConnectionSettings["activitiesSince"] {
  const { hubspot, salesforce } = before.activitiesSince;
  return {
    hubspot: { ...hubspot, ...stamp(before.activities, after.activities, now) },
    salesforce: { ...salesforce, ...stamp(before.salesforceActivities, after.salesforceActivities, now) },
  };
}

function stamp<Name extends string>(
  before: Record<Name, boolean>,
  after: Record<Name, boolean>,
  now: string,
): Partial<Record<Name, string>> {
  const turnedOn = (Object.keys(after) as Name[]).filter((name) => after[name] && !before[name]);
  return Object.fromEntries(turnedOn.map((name) => [name, now])) as Partial<Record<Name, string>>;
}

/** K1: a rule of a form and a campaign that were not tied before starts `now`; its status may change meanwhile. */
export function stampRules(
  before: readonly CampaignRule[],
  after: readonly CampaignRule[],
  now: string,
): CampaignRule[] {
  const keyOf = (rule: CampaignRule) => `${rule.formId} ${rule.campaignId}`;
  const known = new Map(before.map((rule) => [keyOf(rule), rule.since]));
  return after.map(({ since: _, ...rule }) => {
    const key = keyOf(rule);
    const since = known.has(key) ? known.get(key) : now;
    return since === undefined ? rule : { ...rule, since };
  });
}
