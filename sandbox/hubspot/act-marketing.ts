import { z } from "zod";
import { type ActDoor, ActError, defineAct } from "../shared/control-routes";
import { findWho, moveContact } from "./act-activities";
import { EMAIL_APP, type EmailEvent, type EmailEventType } from "./email-event-store";
import { PORTAL_ID } from "./ids";
import type { CrmRecord } from "./record";
import type { HubSpotState } from "./state";

const whoSchema = z.strictObject({ id: z.coerce.string().optional(), email: z.string().optional() });
const sendSchema = whoSchema.extend({
  emailName: z.string().default("Autumn newsletter"),
  subject: z.string().default("What is new this autumn"),
  listName: z.string().optional(),
});
const replySchema = whoSchema.extend({ emailName: z.string().optional() });
const touchSchema = replySchema.extend({
  url: z.string().default("https://www.sandbox-portal.example/offer"),
});
const AGENT = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15";

function addEvent(
  state: HubSpotState,
  type: EmailEventType,
  recipient: string,
  campaignId: number,
  more: Partial<EmailEvent>,
) {
  const created = state.clock.now();
  return state.emailEvents.add({
    created,
    type,
    recipient,
    portalId: PORTAL_ID,
    ...EMAIL_APP,
    emailCampaignId: campaignId,
    ...more,
  });
}

function plusOne(contact: CrmRecord, name: string): Record<string, string> {
  return { [name]: String(Number(contact.properties[name] ?? 0) + 1) };
}

/** The date of the last event, and of the first where there was none. */
function moveDates(contact: CrmRecord, event: "send" | "open" | "click" | "reply", at: string): Record<string, string> {
  const first = `hs_email_first_${event}_date`;
  return { [`hs_email_last_${event}_date`]: at, ...(contact.properties[first] ? {} : { [first]: at }) };
}

function hasBounced({ properties }: CrmRecord): boolean {
  return properties.hs_email_hard_bounce_reason_enum !== undefined;
}

function sendTo(state: HubSpotState, contact: CrmRecord, emailName: string, subject: string): EmailEvent {
  const recipient = contact.properties.email;
  if (!recipient) throw new ActError(`contact ${contact.id} has no email address`);
  if (contact.properties.hs_email_optout === "true") throw new ActError(`${recipient} has opted out of all email`);
  if (hasBounced(contact)) throw new ActError(`${recipient} does not exist: an earlier email bounced`);
  const now = state.clock.now();
  const campaign = state.emailEvents.openCampaign(emailName, subject, now);
  const sent = addEvent(state, "SENT", recipient, campaign.id, { subject, from: "Marketing <news@sandbox.example>" });
  const sentBy = { id: sent.id, created: sent.created };
  addEvent(state, "PROCESSED", recipient, campaign.id, { sentBy });
  addEvent(state, "DELIVERED", recipient, campaign.id, { sentBy });
  moveContact(state, contact, {
    ...moveDates(contact, "send", new Date(now).toISOString()),
    ...plusOne(contact, "hs_email_delivered"),
    ...plusOne(contact, "hs_email_sends_since_last_engagement"),
    hs_email_last_email_name: emailName,
  });
  return sent;
}

function send(state: HubSpotState, { emailName, subject, listName, ...who }: z.output<typeof sendSchema>) {
  if (listName === undefined) return sendTo(state, findWho(state, who), emailName, subject);
  const list = state.lists.findByName("0-1", listName);
  if (!list) throw new ActError(`no list ${listName}`);
  const members = [...state.lists.membersOf(list.listId).keys()].map((id) => state.contacts.find(id));
  const able = members.filter(
    (one) => one?.properties.email && one.properties.hs_email_optout !== "true" && !hasBounced(one),
  );
  for (const contact of able) if (contact) sendTo(state, contact, emailName, subject);
  return { sent: able.length };
}

function touch(state: HubSpotState, input: z.output<typeof touchSchema>, event: "open" | "click") {
  const { contact, sent } = needSent(state, input);
  const made = addEvent(state, event === "open" ? "OPEN" : "CLICK", sent.recipient, sent.emailCampaignId, {
    sentBy: { id: sent.id, created: sent.created },
    userAgent: AGENT,
    browser: {
      name: "Safari",
      family: "Safari",
      type: "Browser",
      producer: "Apple Inc.",
      version: [],
      url: "",
      producerUrl: "",
    },
    location: { country: "JAPAN", state: "tokyo", city: "tokyo" },
    filteredEvent: false,
    ...(event === "click" ? { url: input.url } : {}),
  });
  moveContact(state, contact, {
    ...moveDates(contact, event, new Date(made.created).toISOString()),
    ...plusOne(contact, `hs_email_${event}`),
    hs_email_sends_since_last_engagement: "0",
  });
  return made;
}

/** The mail that went to a contact last (of this name, when one is given). */
function needSent(state: HubSpotState, input: z.output<typeof replySchema>): { contact: CrmRecord; sent: EmailEvent } {
  const contact = findWho(state, input);
  const recipient = contact.properties.email ?? "";
  const campaign = state.emailEvents.listCampaigns().find((one) => one.name === input.emailName);
  const sent = state.emailEvents.findSent(recipient, campaign?.id);
  if (!sent) throw new ActError(`${recipient} was not sent ${input.emailName ?? "a marketing email"}`);
  return { contact, sent };
}

/** The reply itself goes to a mailbox; HubSpot only counts it. */
function reply(state: HubSpotState, input: z.output<typeof replySchema>) {
  const { contact, sent } = needSent(state, input);
  moveContact(state, contact, {
    ...moveDates(contact, "reply", new Date(state.clock.now()).toISOString()),
    ...plusOne(contact, "hs_email_replied"),
    hs_email_sends_since_last_engagement: "0",
  });
  return sent;
}

/** The address does not exist: the mail counts as bounced instead of delivered, and none is sent there again. */
function bounce(state: HubSpotState, input: z.output<typeof replySchema>) {
  const { contact, sent } = needSent(state, input);
  const made = addEvent(state, "BOUNCE", sent.recipient, sent.emailCampaignId, {
    sentBy: { id: sent.id, created: sent.created },
    category: "UNKNOWN_USER",
    response: "550 5.1.1 The email account that you tried to reach does not exist.",
  });
  moveContact(state, contact, {
    ...plusOne(contact, "hs_email_bounce"),
    hs_email_delivered: String(Math.max(0, Number(contact.properties.hs_email_delivered ?? 0) - 1)),
    hs_email_hard_bounce_reason_enum: "UNKNOWN_USER",
  });
  return made;
}

/** What happens to marketing emails. */
export function makeMarketingActs(state: HubSpotState): Record<string, ActDoor> {
  return {
    sendMarketingEmail: defineAct(
      sendSchema,
      "A marketing email goes to a contact, or to a list by listName",
      (input) => send(state, input),
    ),
    openMarketingEmail: defineAct(
      touchSchema,
      "A contact opens the last marketing email (or the one by emailName)",
      (input) => touch(state, input, "open"),
    ),
    clickMarketingEmail: defineAct(touchSchema, "A contact clicks a link in a marketing email", (input) =>
      touch(state, input, "click"),
    ),
    replyToMarketingEmail: defineAct(replySchema, "A contact replies to the last marketing email", (input) =>
      reply(state, input),
    ),
    bounceMarketingEmail: defineAct(replySchema, "The last marketing email comes back: no such address", (input) =>
      bounce(state, input),
    ),
  };
}
