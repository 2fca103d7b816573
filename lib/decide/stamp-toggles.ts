import type { ConnectionSettings } from "./connection-settings";

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
