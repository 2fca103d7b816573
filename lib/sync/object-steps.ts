import type { SyncObject } from "@/lib/decide/record-types";
import type { ObjectSteps } from "./batch-steps";
import { COMPANY_STEPS, CONTACT_STEPS } from "./company-steps";
import { DEAL_STEPS } from "./deal-steps";
import { gatherActivities } from "./gather-activities";
import { gatherEvents } from "./gather-events";
import { finishMembers, gatherMembers } from "./gather-members";
import { linkEngagements } from "./link-engagements";
import { matchActivities } from "./match-activities";

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
