import type { Campaign } from "@/lib/decide/decide-campaign";

/** What HubSpot keeps as events, not as records of a CRM object. */

export type HubSpotForm = { id: string; name: string };

/** One submission; HubSpot does not tell whose contact it is, only the address that was typed. */
export type FormSubmission = {
  /** HubSpot's conversion id, one per submission */
  id: string;
  /** Epoch ms */
  at: number;
  pageUrl: string;
  fields: { name: string; value: string }[];
};

export type MarketingEventType = "SENT" | "OPEN" | "CLICK";

/** One event of a marketing email that went to one address. */
export type MarketingEvent = {
  id: string;
  type: MarketingEventType;
  /** Epoch ms */
  at: number;
  recipient: string;
  /** HubSpot's id of the email */
  emailId: string;
  /** Told with the sending only */
  subject: string;
  /** Of a click */
  url: string | null;
  /** The event that sent this mail; its own id for a sending */
  sentId: string;
};

export type HubSpotEvents = {
  /** All forms that are not archived, 500 a call */
  listForms(): Promise<HubSpotForm[]>;
  /** 50 a call, newest first; null when there is no such form (any more) */
  readSubmissions(
    formId: string,
    after: string | null,
  ): Promise<{ submissions: FormSubmission[]; next: string | null } | null>;
  /** 1,000 a call, newest first, both ends included (epoch ms); `next` serves for minutes only */
  readMarketingEvents(
    type: MarketingEventType,
    window: { from: number; to: number | null },
    next: string | null,
  ): Promise<{ events: MarketingEvent[]; next: string | null }>;
  /** Name and subject of a marketing email; null when HubSpot does not know it */
  readMarketingEmail(id: string): Promise<{ name: string; subject: string } | null>;
};

export type NamedCampaign = Campaign & { name: string };

export type SalesforceCampaigns = {
  /** All campaigns by name with their member statuses, active ones first, one call for up to 2,000 of them */
  list(): Promise<NamedCampaign[]>;
  /** One call for up to some hundred; campaigns that are gone or hidden are absent */
  readByIds(ids: string[]): Promise<NamedCampaign[]>;
  /** The names of the campaigns of each of these leads and contacts, by their id; nobody's are an empty list */
  readNames(personIds: string[]): Promise<Map<string, string[]>>;
};

/** A contact's part in an opportunity. `at`: when either of the two changed last, epoch ms. */
export type OpportunityRole = { id: string; contactId: string; isClosed: boolean; isWon: boolean; at: number };
