import { z } from "zod";
import type { FormSubmission, HubSpotEvents, HubSpotForm, MarketingEvent, MarketingEventType } from "../event-face";
import { CrmCallError } from "../face";
import type { CallHubSpot } from "./call";

/** These three have no date-based version: forms are documented as v3, the other two as v1 only. */
const PATHS = {
  forms: "/marketing/v3/forms",
  submissions: (formId: string) => `/form-integrations/v1/submissions/forms/${encodeURIComponent(formId)}`,
  events: "/email/public/v1/events",
  email: (id: string) => `/email/public/v1/campaigns/${encodeURIComponent(id)}`,
};
/** The largest pages of each. */
const FORMS_PAGE = "500";
const SUBMISSIONS_PAGE = "50";
const EVENTS_PAGE = "1000";

const idSchema = z.union([z.string(), z.number()]).transform(String);
const pagingSchema = z.looseObject({ next: z.looseObject({ after: z.string() }).nullish() }).nullish();
const formsSchema = z.looseObject({
  results: z.array(z.looseObject({ id: idSchema, name: z.string().nullish() })),
  paging: pagingSchema,
});
const submissionsSchema = z.looseObject({
  results: z.array(
    z.looseObject({
      conversionId: z.string().nullish(),
      submittedAt: z.number(),
      pageUrl: z.string().nullish(),
      values: z.array(z.looseObject({ name: z.string(), value: z.unknown() })).nullish(),
    }),
  ),
  paging: pagingSchema,
});
const eventSchema = z.looseObject({
  id: z.string(),
  created: z.number(),
  recipient: z.string().nullish(),
  emailCampaignId: idSchema.nullish(),
  subject: z.string().nullish(),
  url: z.string().nullish(),
  sentBy: z.looseObject({ id: z.string() }).nullish(),
});
const eventsSchema = z.looseObject({
  hasMore: z.boolean(),
  offset: z.string().nullish(),
  events: z.array(eventSchema),
});
const emailSchema = z.looseObject({ name: z.string().nullish(), subject: z.string().nullish() });

/** HubSpot's events. Every function throws CrmCallError when a call fails. */
export function openEvents(call: CallHubSpot): HubSpotEvents {
  return {
    listForms: () => listForms(call),
    readSubmissions: (formId, after) => orNull(readSubmissions(call, formId, after)),
    readMarketingEvents: (type, window, next) => readMarketingEvents(call, type, window, next),
    readMarketingEmail: (id) => orNull(readMarketingEmail(call, id)),
  };
}

async function listForms(call: CallHubSpot): Promise<HubSpotForm[]> {
  const forms: HubSpotForm[] = [];
  let after: string | undefined;
  do {
    const page = await call({
      method: "GET",
      path: PATHS.forms,
      query: { limit: FORMS_PAGE, formTypes: "all", ...(after === undefined ? {} : { after }) },
      isWrite: false,
      reply: formsSchema,
    });
    forms.push(...page.results.map(({ id, name }) => ({ id, name: name ?? "" })));
    after = page.paging?.next?.after;
  } while (after !== undefined);
  return forms;
}

async function readSubmissions(call: CallHubSpot, formId: string, after: string | null) {
  const page = await call({
    method: "GET",
    path: PATHS.submissions(formId),
    query: { limit: SUBMISSIONS_PAGE, ...(after === null ? {} : { after }) },
    isWrite: false,
    reply: submissionsSchema,
  });
  const submissions = page.results.map(
    ({ conversionId, submittedAt, pageUrl, values }): FormSubmission => ({
      // Submissions of old forms may lack the id: the moment stands for it.
      id: conversionId || `${formId}-${submittedAt}`,
      at: submittedAt,
      pageUrl: pageUrl ?? "",
      fields: (values ?? []).map(({ name, value }) => ({ name, value: textOf(value) })),
    }),
  );
  return { submissions, next: page.paging?.next?.after ?? null };
}

async function readMarketingEvents(
  call: CallHubSpot,
  type: MarketingEventType,
  window: { from: number; to: number | null },
  next: string | null,
) {
  const page = await call({
    method: "GET",
    path: PATHS.events,
    query: {
      eventType: type,
      startTimestamp: String(window.from),
      limit: EVENTS_PAGE,
      ...(window.to === null ? {} : { endTimestamp: String(window.to) }),
      ...(next === null ? {} : { offset: next }),
    },
    isWrite: false,
    reply: eventsSchema,
  });
  const events = page.events.map((event) => toEvent(type, event));
  return { events, next: page.hasMore && page.offset ? page.offset : null };
}

function toEvent(type: MarketingEventType, event: z.infer<typeof eventSchema>): MarketingEvent {
  const { id, created, recipient, emailCampaignId, subject, url, sentBy } = event;
  return {
    id,
    type,
    at: created,
    recipient: (recipient ?? "").trim().toLowerCase(),
    emailId: emailCampaignId ?? "",
    subject: subject ?? "",
    url: url ?? null,
    sentId: type === "SENT" ? id : (sentBy?.id ?? id),
  };
}

async function readMarketingEmail(call: CallHubSpot, id: string) {
  const email = await call({ method: "GET", path: PATHS.email(id), isWrite: false, reply: emailSchema });
  return { name: email.name ?? "", subject: email.subject ?? "" };
}

/** Only HubSpot's own 404 says that there is nothing. */
async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof CrmCallError && error.failure.status === 404) return null;
    throw error;
  }
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
