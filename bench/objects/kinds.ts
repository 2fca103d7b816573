import type { SyncObject } from "@/lib/decide/record-types";

/** The n-th person with the company that the person works for; the other objects belong to them. */
export type Parent = {
  contactId: string;
  email: string;
  salesforceId: string;
  companyId: string;
  accountId: string;
  ownerId: string;
};

type HubSpotHalf = {
  /** As in the paths */
  type: string;
  /** Shows the token of `fill` */
  token: string;
  fill(n: number, token: string): Record<string, string>;
  /** Association type ids to the parents */
  links: { contact?: number; company?: number };
  /** Belongs to an owner whom both sides know, as what a person makes in HubSpot does */
  isOwned?: boolean;
  /** A property that no mapping names */
  touch: Record<string, string>;
};
type SalesforceHalf = {
  type: string;
  token: string;
  fill(n: number, token: string): Record<string, string | number>;
  belongsTo?(parent: Parent): Record<string, string>;
  /** Contact roles are records of their own */
  hasRole?: boolean;
};
/** What one object looks like on both sides. */
export type Kind = {
  object: SyncObject;
  hubspot: HubSpotHalf;
  salesforce: SalesforceHalf;
  /** Records of Salesforce travel to HubSpot too */
  isTwoWay: boolean;
};

const DAY_MS = 86_400_000;
const soon = (n: number): string => new Date(Date.now() + DAY_MS + n * 60_000).toISOString();
const past = (n: number): string => new Date(Date.now() - n * 1_000).toISOString();
const ATTACHMENT = { hs_attachment_ids: "77" };
const whose = (parent: Parent): Record<string, string> => ({ WhoId: parent.salesforceId });

/** The address of the n-th person. */
export const emailOf = (n: number): string => `hs.${n}@people-${n % 977}.example`;

const CONTACT: Kind = {
  object: "contact",
  isTwoWay: true,
  hubspot: {
    type: "contacts",
    token: "jobtitle",
    fill: (n, token) => ({
      ...{ email: emailOf(n), firstname: `First${n}`, lastname: `Last${n}` },
      ...{ jobtitle: token, phone: `+81 6 ${1_000_000 + n}`, city: "Osaka", company: `Firm ${n % 977}` },
    }),
    links: {},
    touch: { hs_lead_status: "OPEN" },
  },
  salesforce: {
    type: "Lead",
    token: "Title",
    fill: (n, token) => ({
      ...{ Email: `sf.${n}@leads-${n % 977}.example`, FirstName: `First${n}`, LastName: `Last${n}` },
      ...{ Title: token, Phone: `+44 ${n}`, Company: `House ${n % 977}` },
    }),
  },
};

const COMPANY: Kind = {
  object: "company",
  isTwoWay: true,
  hubspot: {
    type: "companies",
    token: "name",
    fill: (n, token) => ({ name: token, domain: `firm-${n}.example`, city: "Kyoto", phone: `+81 75 ${n}` }),
    links: { contact: 2 },
    touch: { hs_lead_status: "OPEN" },
  },
  salesforce: {
    type: "Account",
    token: "Name",
    fill: (n, token) => ({ Name: token, Website: `https://house-${n}.example`, BillingCity: "Lyon" }),
  },
};

const DEAL: Kind = {
  object: "deal",
  isTwoWay: true,
  hubspot: {
    type: "deals",
    token: "dealname",
    fill: (n, token) => ({
      ...{ dealname: token, pipeline: "default", dealstage: "appointmentscheduled" },
      ...{ amount: String(1_000 + n), closedate: "2027-03-31T00:00:00.000Z" },
    }),
    links: { contact: 3, company: 5 },
    touch: { hs_priority: "high" },
  },
  salesforce: {
    type: "Opportunity",
    token: "Name",
    fill: (n, token) => ({ Name: token, StageName: "Prospecting", CloseDate: "2027-03-31", Amount: 2_000 + n }),
    belongsTo: ({ accountId }) => ({ AccountId: accountId }),
    hasRole: true,
  },
};

const TASK: Kind = {
  object: "task",
  isTwoWay: true,
  hubspot: {
    type: "tasks",
    token: "hs_task_subject",
    fill: (n, token) => ({ hs_timestamp: soon(n), hs_task_subject: token, hs_task_status: "NOT_STARTED" }),
    links: { contact: 204 },
    isOwned: true,
    touch: ATTACHMENT,
  },
  salesforce: {
    type: "Task",
    token: "Subject",
    fill: (_, token) => ({ Subject: token, Status: "Not Started" }),
    belongsTo: whose,
  },
};

const CALL: Kind = {
  object: "call",
  isTwoWay: true,
  hubspot: {
    type: "calls",
    token: "hs_call_title",
    fill: (n, token) => ({
      ...{ hs_timestamp: past(n), hs_call_title: token, hs_call_body: "<p>Talked</p>", hs_call_duration: "61000" },
    }),
    links: { contact: 194 },
    touch: ATTACHMENT,
  },
  salesforce: {
    type: "Task",
    token: "Subject",
    fill: (_, token) => ({
      ...{ Subject: token, TaskSubtype: "Call", Status: "Completed", CallDurationInSeconds: 61 },
    }),
    belongsTo: whose,
  },
};

const MEETING: Kind = {
  object: "meeting",
  isTwoWay: true,
  hubspot: {
    type: "meetings",
    token: "hs_meeting_title",
    fill: (n, token) => ({
      ...{ hs_timestamp: soon(n), hs_meeting_title: token, hs_meeting_body: "<p>Demo</p>" },
      ...{ hs_meeting_start_time: soon(n), hs_meeting_end_time: soon(n + 30) },
    }),
    links: { contact: 200 },
    touch: ATTACHMENT,
  },
  salesforce: {
    type: "Event",
    token: "Subject",
    fill: (n, token) => ({ Subject: token, StartDateTime: soon(n), EndDateTime: soon(n + 30) }),
    belongsTo: whose,
  },
};

const EMAIL: Kind = {
  object: "email",
  isTwoWay: true,
  hubspot: {
    type: "emails",
    token: "hs_email_subject",
    fill: (n, token) => ({
      ...{ hs_timestamp: past(n), hs_email_subject: token, hs_email_text: "Dear Ms Mori" },
      ...{ hs_email_direction: "EMAIL", hs_email_status: "SENT" },
    }),
    links: { contact: 198 },
    touch: ATTACHMENT,
  },
  salesforce: {
    type: "Task",
    token: "Subject",
    fill: (_, token) => ({ Subject: `Email: ${token}`, TaskSubtype: "Email", Status: "Completed" }),
    belongsTo: whose,
  },
};

const NOTE: Kind = {
  object: "note",
  isTwoWay: false,
  hubspot: {
    type: "notes",
    token: "hs_note_body",
    fill: (n, token) => ({ hs_timestamp: past(n), hs_note_body: `<p>${token}</p><p>Wants <b>two</b></p>` }),
    links: { contact: 202 },
    touch: ATTACHMENT,
  },
  salesforce: { type: "Task", token: "Description", fill: () => ({}) },
};

/** In the order in which they are made: the later ones belong to the people and companies of the earlier ones. */
export const KINDS: readonly Kind[] = [CONTACT, COMPANY, DEAL, TASK, CALL, MEETING, EMAIL, NOTE];
