import { SALESFORCE_ID_FIELDS } from "@/lib/crm/face";
import { describeRecord } from "@/lib/decide/find-due";
import {
  emailsOfHubSpot,
  emailsOfSalesforce,
  matchSalesforceRecord,
  type SalesforceCandidate,
} from "@/lib/decide/match-records";
import { carryBase } from "@/lib/decide/plan-base";
import type { SalesforceReading } from "@/lib/decide/record-types";
import { findMembers } from "@/lib/store/inclusion-lists";
import {
  DRY_TOKEN,
  findHubSpotByEmails,
  findPartnerRows,
  linkPairs,
  type PairLink,
  type PartnerRow,
} from "@/lib/store/record-claims";
import { markRecordDue } from "@/lib/store/record-marks";
import type { Batch, RecordWork } from "./batch-work";
import { openWorks } from "./batch-work";
import { belongsToAnother } from "./belongs-to-another";
import { convertedTo, findEnds } from "./find-ends";
import { isOutside } from "./mark-membership";
import { newTrigger } from "./new-trigger";

/**
 * Finds partners for records that have none and commits the links before anything is written. A pair is always joined
 * from its HubSpot side, so that two workers holding the two halves do not join them twice.
 */
export async function matchContacts(batch: Batch): Promise<void> {
  await followConversions(batch);
  await matchHubSpotWorks(batch);
  await matchSalesforceWorks(batch);
}

/**
 * M4: a pair whose lead was converted goes on with the contact that the lead became, with the base that both have in
 * common, so that an edit made in HubSpot meanwhile is still known for one; nothing is written to the lead. A contact
 * that we cannot see, or that already has a partner, leaves the pair where it is.
 */
async function followConversions(batch: Batch): Promise<void> {
  const works = openWorks(batch).filter((w) => w.hubspot && contactOf(w) !== null);
  if (works.length === 0) return;
  const ends = await findEnds(
    batch,
    works.map((w) => contactOf(w) ?? ""),
  );
  const ids = [...ends.values()].map(({ end }) => end.id);
  const rows = await findPartnerRows(batch.context.connectionId, "contact", [], ids);
  const holders = new Map(rows.filter((r) => r.hubspotId !== null).map((r) => [r.salesforceId, r]));
  for (const work of works) {
    work.calls += 1;
    const contact = ends.get(contactOf(work) ?? "")?.end;
    const holder = contact && holders.get(contact.id);
    if (holder) await wakeMerged(batch, work, holder);
    if (!contact || holder) continue;
    // Merged on since, it may be one that has a contact of its own (M5); Salesforce then names it as the lead's.
    if (await belongsToAnother(batch.context.connectionId, contact, work.hubspot)) {
      work.partnerTaken = true;
      continue;
    }
    // What it was merged into since then has nothing in common with the base: the two are met as on a first sync.
    const isOwn = contact.id === contactOf(work);
    const now = { lead: work.salesforce?.values ?? {}, contact: contact.values };
    const base = isOwn ? carryBase(work.claimed.base, batch.context.settings.mappings, now) : null;
    work.claimed = { ...work.claimed, base };
    work.salesforce = contact;
    work.justLinked = true;
  }
  // The contact that a lead became is that lead's before it is one's whose own contact was merged into it.
  const isMoved = (work: RecordWork) => (work.claimed.base === null ? 1 : 0);
  const linked = works.filter((w) => w.justLinked).sort((one, other) => isMoved(one) - isMoved(other));
  await commitLinks(batch, linked);
}

/**
 * M5: the contact belongs to a pair whose own HubSpot contact was merged into this one: what was left over then is this
 * same person now. That row has been told of its merge before and asks anew where it leads.
 */
async function wakeMerged(batch: Batch, { hubspot }: RecordWork, holder: PartnerRow): Promise<void> {
  if (!hubspot || holder.hubspotId === null || batch.token === DRY_TOKEN) return;
  if (
    !String(hubspot.values.hs_merged_object_ids ?? "")
      .split(";")
      .includes(holder.hubspotId)
  )
    return;
  await markRecordDue(batch.context.connectionId, holder.id, newTrigger("merged", "hubspot", [hubspot.id]));
}

function contactOf({ salesforce }: RecordWork): string | null {
  return salesforce && convertedTo(salesforce);
}

async function matchHubSpotWorks(batch: Batch): Promise<void> {
  const works = openWorks(batch).filter(
    (w) =>
      w.hubspot && w.claimed.salesforceId === null && emailsOfHubSpot(w.hubspot.values).length > 0 && mayBeLinked(w),
  );
  if (works.length === 0) return;
  const readings = await batch.crms.salesforce.readMatches(
    {
      emails: [...new Set(works.flatMap((w) => emailsOfHubSpot(w.hubspot?.values ?? {})))],
      hubspotIds: works.map((w) => w.hubspot?.id ?? ""),
    },
    batch.context.fields,
    batch.context.idFields.salesforce,
  );
  const candidates = await indexCandidates(batch, readings);
  const chosen = new Map<string, RecordWork>();
  for (const work of works) {
    work.calls += 1;
    chooseSalesforce(work, candidates, chosen);
  }
  await commitLinks(
    batch,
    works.filter((w) => w.justLinked),
  );
}

/** G2: outside the inclusion list only a Salesforce record that is new links its contact; that contact then waits. */
function mayBeLinked(work: RecordWork): boolean {
  return !isOutside(work) || work.claimed.triggers.some((trigger) => trigger.code === "linked");
}

type CandidateIndex = {
  byEmail: Map<string, string[]>;
  byHubSpotId: Map<string, string>;
  all: Map<string, { candidate: SalesforceCandidate; reading: SalesforceReading }>;
};

async function indexCandidates(batch: Batch, readings: SalesforceReading[]): Promise<CandidateIndex> {
  const rows = await findPartnerRows(
    batch.context.connectionId,
    "contact",
    [],
    readings.map((r) => r.id),
  );
  const paired = new Set(rows.filter((r) => r.hubspotId !== null).map((r) => r.salesforceId));
  const index: CandidateIndex = { byEmail: new Map(), byHubSpotId: new Map(), all: new Map() };
  for (const reading of readings) {
    const { name, emails } = describeRecord("contact", "salesforce", reading.values);
    const hubspotId = textOrNull(reading.values[SALESFORCE_ID_FIELDS[reading.type] ?? ""]);
    const candidate: SalesforceCandidate = {
      id: reading.id,
      type: reading.type,
      name,
      email: emails[0] ?? null,
      modifiedAt: reading.modifiedAt,
      isConverted: reading.values.IsConverted === true,
      hubspotId,
      pairedElsewhere: paired.has(reading.id),
    };
    index.all.set(reading.id, { candidate, reading });
    if (hubspotId) index.byHubSpotId.set(hubspotId, reading.id);
    for (const email of emails) index.byEmail.set(email, [...(index.byEmail.get(email) ?? []), reading.id]);
  }
  return index;
}

function chooseSalesforce(work: RecordWork, index: CandidateIndex, chosen: Map<string, RecordWork>): void {
  if (!work.hubspot) return;
  const ids = new Set(emailsOfHubSpot(work.hubspot.values).flatMap((email) => index.byEmail.get(email) ?? []));
  const own = index.byHubSpotId.get(work.hubspot.id);
  if (own) ids.add(own);
  const candidates = [...ids].flatMap((id) => {
    const found = index.all.get(id);
    return found ? [{ ...found.candidate, pairedElsewhere: found.candidate.pairedElsewhere || chosen.has(id) }] : [];
  });
  const match = matchSalesforceRecord(work.hubspot.id, candidates);
  work.candidates = match.others.map((o) => ({ id: o.id, type: o.type, name: o.name, email: o.email }));
  if (!match.chosen) {
    work.partnerTaken = candidates.some((c) => !c.isConverted && c.pairedElsewhere);
    return;
  }
  chosen.set(match.chosen.id, work);
  work.salesforce = index.all.get(match.chosen.id)?.reading ?? null;
  work.justLinked = true;
}

/** A link that was refused means that somebody else holds the partner's row: the record is tried again shortly. */
async function commitLinks(batch: Batch, works: RecordWork[]): Promise<void> {
  const links = works.flatMap((w): PairLink[] =>
    w.hubspot && w.salesforce
      ? [
          {
            recordId: w.claimed.id,
            hubspotId: w.hubspot.id,
            salesforceId: w.salesforce.id,
            salesforceType: w.salesforce.type,
            carriedBase: w.claimed.base?.salesforce ?? null,
          },
        ]
      : [],
  );
  const linked = await linkPairs(batch.context.connectionId, "contact", batch.token, links);
  const joined = new Set(links.filter((l) => linked.has(l.recordId)).map((l) => l.salesforceId));
  for (const work of works) if (!linked.has(work.claimed.id)) work.deferred = true;
  for (const work of batch.works) {
    if (work.claimed.hubspotId === null && joined.has(work.claimed.salesforceId ?? "")) work.absorbed = true;
  }
}

/** A lone Salesforce record whose address we already hold on the HubSpot side waits for that side to join them. */
async function matchSalesforceWorks(batch: Batch): Promise<void> {
  const works = openWorks(batch).filter((w) => w.salesforce && w.claimed.hubspotId === null);
  const emails = works.flatMap((w) => emailsOfSalesforce(w.salesforce?.values ?? {}));
  const known = await findHubSpotByEmails(batch.context.connectionId, [...new Set(emails)]);
  const byEmail = new Map(known.flatMap((k) => k.emails.map((email) => [email, k] as const)));
  const unseen = await findUnseenContacts(
    batch,
    emails.filter((email) => !byEmail.has(email)),
  );
  const outside = await findOutside(
    batch,
    known.map((k) => k.hubspotId),
  );
  const seen = new Set<string>();
  for (const work of works) {
    const [email] = emailsOfSalesforce(work.salesforce?.values ?? {});
    if (email === undefined || work.salesforce?.values.IsConverted === true) continue;
    const contact = byEmail.get(email);
    if (contact?.salesforceId) work.partnerTaken = true;
    else if (contact && outside.has(contact.hubspotId) && !mayCreateContact(batch, work)) work.inList = false;
    else if (contact) {
      work.deferred = true;
      if (!contact.isDue && batch.token !== DRY_TOKEN)
        await markRecordDue(batch.context.connectionId, contact.id, newTrigger("linked", "salesforce", []));
    } else if (unseen.has(email)) {
      work.deferred = true;
    } else if (seen.has(email)) {
      // Two new Salesforce records with one address in one batch: the first makes the contact, the other one meets it.
      work.deferred = true;
    } else seen.add(email);
  }
}

/**
 * X1: before the first check nothing of HubSpot is known, and a preview would tell of contacts to create that are there. A
 * sync need not ask: it decides only after a check has read both sides. Answers the addresses that HubSpot has.
 */
async function findUnseenContacts(batch: Batch, emails: string[]): Promise<Set<string>> {
  const { connection } = batch.context;
  if (batch.token !== DRY_TOKEN || connection.lastCheckAt !== null || emails.length === 0) return new Set();
  const readings = await batch.crms.hubspot.readByEmails([...new Set(emails)], []);
  return new Set(readings.flatMap((reading) => emailsOfHubSpot(reading.values)));
}

async function findOutside(batch: Batch, hubspotIds: string[]): Promise<Set<string>> {
  const { connectionId, settings } = batch.context;
  if (!settings.inclusionList || hubspotIds.length === 0) return new Set();
  const members = await findMembers(connectionId, "contact", hubspotIds);
  return new Set(hubspotIds.filter((id) => members.get(id)?.isIn !== true));
}

function mayCreateContact(batch: Batch, work: RecordWork): boolean {
  const type = work.salesforce?.type;
  return type !== undefined && batch.context.settings.creation.toHubSpot[type] === "create";
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
