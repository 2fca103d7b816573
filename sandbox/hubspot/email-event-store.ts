import { uuidOf } from "./ids";

/** The kinds of email event that the sandbox makes; the real API has more. */
export type EmailEventType = "SENT" | "PROCESSED" | "DELIVERED" | "OPEN" | "CLICK" | "BOUNCE" | "UNSUBSCRIBED";
/** One marketing-email event in the legacy v1 shape; `created` is epoch milliseconds, the key is `{id, created}`. */
export type EmailEvent = {
  id: string;
  created: number;
  type: EmailEventType;
  recipient: string;
  portalId: number;
  appId: number;
  appName: string;
  emailCampaignId: number;
  subject?: string;
  from?: string;
  url?: string;
  sentBy?: { id: string; created: number };
  userAgent?: string;
  browser?: Record<string, unknown>;
  location?: Record<string, unknown>;
  filteredEvent?: boolean;
  /** Of bounces: what kind, and the words of the other mail server. */
  category?: string;
  response?: string;
};
/** A sending of a marketing email to many people. */
export type EmailCampaign = {
  id: number;
  appId: number;
  appName: string;
  name: string;
  subject: string;
  contentId: number;
  type: string;
  lastUpdatedTime: number;
};
type SavedEvents = { events: EmailEvent[]; campaigns: EmailCampaign[]; counter: number };

const FIRST_CAMPAIGN = 328901001;
export const EMAIL_APP = { appId: 113, appName: "Batch" };

/** Marketing emails and what happened to them, in the order it happened. */
export class EmailEventStore {
  private readonly events: EmailEvent[];
  private readonly campaigns: EmailCampaign[];
  private counter: number;

  constructor(saved?: SavedEvents) {
    this.events = saved?.events ?? [];
    this.campaigns = saved?.campaigns ?? [];
    this.counter = saved?.counter ?? 0;
  }

  add(event: Omit<EmailEvent, "id">): EmailEvent {
    this.counter += 1;
    const made = { id: uuidOf("email-event", this.counter, event.created), ...event };
    this.events.push(made);
    return made;
  }

  /** The campaign of this email name, made when it is new. */
  openCampaign(name: string, subject: string, now: number): EmailCampaign {
    const known = this.campaigns.find((one) => one.name === name);
    if (known) return known;
    const id = FIRST_CAMPAIGN + this.campaigns.length;
    const campaign = {
      id,
      ...EMAIL_APP,
      name,
      subject,
      contentId: id + 5_000_000_000,
      type: "BATCH_EMAIL",
      lastUpdatedTime: now,
    };
    this.campaigns.push(campaign);
    return campaign;
  }

  findCampaign(id: number): EmailCampaign | undefined {
    return this.campaigns.find((one) => one.id === id);
  }

  listCampaigns(): readonly EmailCampaign[] {
    return this.campaigns;
  }

  /** Newest first, as the API answers them. */
  *newestFirst(): Iterable<EmailEvent> {
    for (let i = this.events.length - 1; i >= 0; i--) {
      const event = this.events[i];
      if (event) yield event;
    }
  }

  /** The last mail that this person got (of this campaign, when one is given). */
  findSent(recipient: string, campaignId?: number): EmailEvent | undefined {
    for (const event of this.newestFirst()) {
      const isMail = event.type === "SENT" && event.recipient === recipient;
      if (isMail && (campaignId === undefined || event.emailCampaignId === campaignId)) return event;
    }
    return undefined;
  }

  count(campaignId: number): Record<string, number> {
    const counters: Record<string, number> = {};
    for (const { emailCampaignId, type } of this.events) {
      if (emailCampaignId === campaignId) counters[type.toLowerCase()] = (counters[type.toLowerCase()] ?? 0) + 1;
    }
    return counters;
  }

  save(): SavedEvents {
    return { events: this.events, campaigns: this.campaigns, counter: this.counter };
  }
}
