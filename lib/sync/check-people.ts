import type { OpportunityRole } from "@/lib/crm/event-face";
import type { ChangePage, SalesforceCrm } from "@/lib/crm/face";
import { nameCampaigns } from "@/lib/decide/decide-campaign";
import { decideLifecycle, stageOrder } from "@/lib/decide/lifecycle";
import type { SalesforceReading } from "@/lib/decide/record-types";
import { saveCursor } from "@/lib/store/check-cursors";
import { getDatabase } from "@/lib/store/client";
import { closeFeed, listOpenFeeds, noteFeedNews } from "@/lib/store/event-feeds";
import { addHeardRoles, type HeardRoles, readStages, saveCampaignNames } from "@/lib/store/lifecycle-facts";
import { findParents, triggerRecords } from "@/lib/store/parent-records";
import type { SyncContext } from "./load-sync-context";
import { newTrigger } from "./new-trigger";

type PeopleCheck = { contexts: SyncContext[]; salesforce: SalesforceCrm; deadline: number };

/** What is read of campaign members. */
export const MEMBER_FIELDS = ["CampaignId", "LeadId", "ContactId"];
const ROLES_FEED = "lifecycle_roles";
/** A long Salesforce transaction commits with the stamp of its beginning; and the first check looks back this far. */
const OVERLAP_MS = 300_000;

/**
 * L1: contact roles that are new or whose opportunity moved, whether deals sync or not: one call a check, only while
 * automatic transitions are on. A contact whose stage moves by that becomes due (T16). Switching on is not
 * retroactive. Answers false when the deadline came first.
 */
export async function checkLifecycle({ contexts, salesforce, deadline }: PeopleCheck): Promise<boolean> {
  const context = contexts.find(({ object }) => object === "contact");
  if (!context || !wantsRoles(context)) return true;
  const { connectionId } = context;
  const startedAt = Date.now();
  await noteFeedNews(getDatabase(), connectionId, [{ name: ROLES_FEED, at: startedAt, start: startedAt - OVERLAP_MS }]);
  const feed = (await listOpenFeeds(connectionId)).find(({ name }) => name === ROLES_FEED);
  if (!feed) return true;
  let after: string | null = null;
  do {
    if (Date.now() > deadline) return false;
    const page = await salesforce.readRoles(feed.doneUntil - OVERLAP_MS, after);
    await noteFacts(context, page.roles);
    after = page.next;
  } while (after !== null);
  await closeFeed(connectionId, feed, startedAt);
  return true;
}

function wantsRoles({ connection }: SyncContext): boolean {
  const { on, steps } = connection.settings.lifecycle;
  return on && (steps.opportunity_open !== null || steps.opportunity_won !== null);
}

/** A role that leaves the contact's stage where it is, is no news: so a person may move the stage back afterwards. */
async function noteFacts(context: SyncContext, roles: OpportunityRole[]): Promise<void> {
  const { connectionId, connection, settings } = context;
  const heard = new Map<string, HeardRoles>();
  for (const { contactId, isClosed, isWon, at } of roles) {
    if (contactId === "" || (isClosed && !isWon)) continue;
    const known = heard.get(contactId) ?? { open: null, won: null };
    const name = isClosed ? "won" : "open";
    heard.set(contactId, { ...known, [name]: Math.max(known[name] ?? 0, at) });
  }
  const stages = await readStages(connectionId, [...heard.keys()]);
  const order = stageOrder(settings.schemas.hubspot);
  for (const [id, { open, won }] of heard) {
    const facts = { converted: false, openOpportunity: open !== null, wonOpportunity: won !== null };
    const stage = stages.get(id);
    const mayMove = stage === undefined || decideLifecycle(stage, facts, connection.settings.lifecycle, order) !== null;
    if (!mayMove) heard.delete(id);
  }
  await triggerPeople(connectionId, await addHeardRoles(connectionId, heard), "T16", "OpportunityContactRole");
}

/**
 * K1: a page of changed campaign members: the names of their people's campaigns are asked for, one call for some hundred
 * people. Who was added or moved becomes due; for one who was only removed the names follow with the next sync (T14).
 */
export async function saveMemberPage(
  connectionId: string,
  salesforce: SalesforceCrm,
  page: ChangePage<SalesforceReading>,
): Promise<void> {
  const people = await findKnownPeople(connectionId, page.readings.flatMap(personOf));
  const names = await salesforce.campaigns.readNames(people);
  const texts = new Map([...names].map(([id, own]) => [id, nameCampaigns(own)]));
  const changed = new Set(await saveCampaignNames(connectionId, texts));
  const stayed = page.readings.filter(({ values }) => values.IsDeleted !== true).flatMap(personOf);
  const due = [...new Set(stayed)].filter((id) => changed.has(id));
  await triggerPeople(connectionId, due, "campaign_names", "CampaignMember");
  if (page.readings.length > 0)
    await saveCursor(getDatabase(), connectionId, { side: "salesforce", object: "CampaignMember" }, page.next);
}

/** A member of a converted lead names both; the contact counts. */
function personOf({ values }: SalesforceReading): string[] {
  const id = values.ContactId ?? values.LeadId;
  return typeof id === "string" ? [id] : [];
}

/** Those that we know: nobody asks for the campaigns of strangers. */
async function findKnownPeople(connectionId: string, ids: string[]): Promise<string[]> {
  return [...(await findParents(connectionId, "contact", "salesforce", ids)).keys()];
}

async function triggerPeople(connectionId: string, ids: string[], code: string, field: string): Promise<void> {
  const contacts = await findParents(connectionId, "contact", "salesforce", ids);
  const trigger = newTrigger(code, "salesforce", [field]);
  await triggerRecords(
    connectionId,
    [...contacts.values()].map(({ recordId }) => ({ recordId, triggers: [trigger] })),
  );
}
