import type { ActivityToggle } from "./activity-toggles";
import { momentOf, textOf } from "./activity-values";
import type { Values } from "./record-types";

export type ActivityTrigger = {
  code: "T2" | "T3" | "T4" | "T8" | "T16";
  /** The toggle that let it pass; null for T2 and T16, which no activity toggle switches */
  toggle: ActivityToggle | null;
  property: string;
  /** When it happened, epoch ms; null where HubSpot does not tell (T16 without its date property) */
  at: number | null;
  /** What HubSpot calls it: the form ("Contact us: Page title"), the email, the new stage */
  name: string | null;
};

type Watched = { code: ActivityTrigger["code"]; property: string; toggle: ActivityToggle | null; named: string | null };

/** The dates on a contact that move when it does something or something is sent to it. */
const WATCHED: readonly Watched[] = [
  { code: "T2", property: "recent_conversion_date", toggle: null, named: "recent_conversion_event_name" },
  {
    code: "T3",
    property: "hs_email_last_send_date",
    toggle: "marketing_email_sent",
    named: "hs_email_last_email_name",
  },
  { code: "T3", property: "hs_email_last_open_date", toggle: "marketing_email_opened", named: null },
  { code: "T3", property: "hs_email_last_click_date", toggle: "marketing_email_clicked", named: null },
  { code: "T4", property: "hs_sales_email_last_opened", toggle: "sales_email_opened", named: null },
  { code: "T4", property: "hs_sales_email_last_clicked", toggle: "sales_email_clicked", named: null },
  { code: "T8", property: "hs_document_last_revisited", toggle: "document_view", named: null },
];

/** Properties of a contact to read for `findActivityTriggers`. */
export const TRIGGER_PROPERTIES: readonly string[] = [
  ...WATCHED.flatMap(({ property, named }) => (named === null ? [property] : [property, named])),
  "lifecyclestage",
];

/**
 * T2–T4, T8, T16: what happened to a contact between two readings of it. A date that moves forward tells; one that goes
 * back (a merge, a deleted event) does not. The first reading of a contact tells nothing, nor does a property that the
 * earlier reading did not ask for: switching on is not retroactive (A1).
 */
export function findActivityTriggers(
  before: Values | null,
  after: Values,
  settings: { activities: Record<ActivityToggle, boolean>; lifecycleOn: boolean },
): ActivityTrigger[] {
  if (before === null) return [];
  const found: ActivityTrigger[] = [];
  for (const { code, property, toggle, named } of WATCHED) {
    if (toggle !== null && !settings.activities[toggle]) continue;
    const at = movedForwardTo(before, after, property);
    if (at !== null) found.push({ code, toggle, property, at, name: named === null ? null : nameOf(after, named) });
  }
  const stage = settings.lifecycleOn ? findStageMove(before, after) : null;
  return stage === null ? found : [...found, stage];
}

function movedForwardTo(before: Values, after: Values, property: string): number | null {
  if (before[property] === undefined) return null;
  const at = momentOf(after[property]);
  return at !== null && at > (momentOf(before[property]) ?? Number.NEGATIVE_INFINITY) ? at : null;
}

function findStageMove(before: Values, after: Values): ActivityTrigger | null {
  const property = "lifecyclestage";
  if (before[property] === undefined || after[property] === undefined) return null;
  const stage = textOf(after[property]);
  if (stage === textOf(before[property])) return null;
  return { code: "T16", toggle: null, property, at: momentOf(after[`hs_lifecyclestage_${stage}_date`]), name: stage };
}

function nameOf(values: Values, property: string): string | null {
  return textOf(values[property]) || null;
}
