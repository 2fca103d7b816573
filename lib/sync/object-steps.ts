import type { SyncObject } from "@/lib/decide/record-types";
import type { Batch } from "./batch-work";
import { COMPANY_STEPS, CONTACT_STEPS } from "./company-steps";
import { DEAL_STEPS } from "./deal-steps";
import { gatherActivities } from "./gather-activities";
import { gatherEvents } from "./gather-events";
import { finishMembers, gatherMembers } from "./gather-members";
import { linkEngagements } from "./link-engagements";
import { matchActivities } from "./match-activities";

/**
 * What differs between objects on the one way of a batch. Every step is optional and works on `openWorks(batch)`;
 * a record that must wait for a parent gets its `waitsFor` and `deferred` or a failure here, never a half write.
 */
export type ObjectSteps = {
  /** Completes what was read: associations, parents and their ids (Batch.references), memberships */
  gather?: (batch: Batch) => Promise<void>;
  /** Finds partners of records that have none and commits the links before anything is written */
  match?: (batch: Batch) => Promise<void>;
  /** After the records themselves were written: associations, contact roles */
  finish?: (batch: Batch) => Promise<void>;
};

const ACTIVITY_STEPS: ObjectSteps = { gather: gatherActivities, match: matchActivities, finish: linkEngagements };
const EVENT_STEPS: ObjectSteps = { gather: gatherEvents, match: matchActivities };

export const OBJECT_STEPS: Partial<Record<SyncObject, ObjectSteps>> = {
  company: COMPANY_STEPS,
  contact: CONTACT_STEPS,
  deal: DEAL_STEPS,
  task: ACTIVITY_STEPS,
  call: ACTIVITY_STEPS,
  email: ACTIVITY_STEPS,
  meeting: ACTIVITY_STEPS,
  note: ACTIVITY_STEPS,
  form_submission: EVENT_STEPS,
  marketing_email: EVENT_STEPS,
  sales_email: EVENT_STEPS,
  document_view: EVENT_STEPS,
  campaign_member: { gather: gatherMembers, finish: finishMembers },
};
