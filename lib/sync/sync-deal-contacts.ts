import { ASSOCIATION_TYPES, type ContactRole, type ContactRoleWrite, type WriteOutcome } from "@/lib/crm/face";
import {
  applyContacts,
  type ContactPair,
  type DealContacts,
  decideDealContacts,
  hasContactsToWrite,
} from "@/lib/decide/deal-contacts";
import { findContactPairs } from "@/lib/store/company-links";
import { contactKey } from "@/lib/store/record-outcomes";
import { type Batch, openWorks, type RecordWork } from "./batch-work";

/**
 * P2: reads the contacts of deals and the contact roles of opportunities, one call of each side for 1,000 records, and
 * plans what has to travel. A contact that is no Salesforce contact yet is followed: its role is made when it is.
 */
export async function gatherDealContacts(batch: Batch): Promise<void> {
  const works = openWorks(batch);
  const [associated, roles] = await Promise.all([readHubSpotContacts(batch, works), readRoles(batch, works)]);
  const contactIds = [...associated.values()].flat();
  const holders = [...roles.values()].flat().map((role) => role.contactId);
  const pairs = await findContactPairs(batch.context.connectionId, contactIds, holders);
  const index = {
    byHubSpot: new Map(pairs.map((pair) => [pair.hubspotId, pair])),
    bySalesforce: new Map(pairs.map((pair) => [pair.salesforceId, pair])),
  };
  for (const work of works) {
    const own = associated.get(work) ?? [];
    const ownHolders = (roles.get(work) ?? []).map((role) => role.contactId);
    const known = new Set<ContactPair>();
    for (const id of own) addTo(known, index.byHubSpot.get(id));
    for (const id of ownHolders) addTo(known, index.bySalesforce.get(id));
    work.roles = decideDealContacts(own, ownHolders, [...known], work.claimed.base);
    work.roleIds = Map.groupBy(roles.get(work) ?? [], (role) => role.contactId);
    work.follows.push(...own.filter((id) => !index.byHubSpot.has(id)).map(contactKey));
  }
}

function addTo<T>(set: Set<T>, item: T | undefined): void {
  if (item !== undefined) set.add(item);
}

async function readHubSpotContacts(batch: Batch, works: RecordWork[]): Promise<Map<RecordWork, string[]>> {
  const known = works.filter((work) => work.hubspot);
  if (known.length === 0) return new Map();
  const ids = known.map((work) => work.hubspot?.id ?? "");
  const associated = await batch.crms.hubspot.readAssociations("deal", "contact", ids);
  for (const work of known) work.calls += 1;
  return new Map(known.map((work) => [work, (associated.get(work.hubspot?.id ?? "") ?? []).map(({ id }) => id)]));
}

async function readRoles(batch: Batch, works: RecordWork[]): Promise<Map<RecordWork, ContactRole[]>> {
  const known = works.filter((work) => work.salesforce);
  if (known.length === 0) return new Map();
  const roles = await batch.crms.salesforce.readContactRoles(known.map((work) => work.salesforce?.id ?? ""));
  for (const work of known) work.calls += 1;
  const byOpportunity = Map.groupBy(roles, (role) => role.opportunityId);
  return new Map(known.map((work) => [work, byOpportunity.get(work.salesforce?.id ?? "") ?? []]));
}

/** Writes what was planned, both sides at once; each side tells what it holds now. */
export async function writeDealContacts(batch: Batch): Promise<void> {
  const planned = openWorks(batch).flatMap((work) => {
    const ids = idsOf(work);
    return work.decision?.kind === "plan" && ids && hasContactsToWrite(work.roles) ? [{ work, ids }] : [];
  });
  await Promise.all([writeHubSpot(batch, planned), writeSalesforce(batch, planned)]);
}

type Planned = { work: RecordWork; ids: { hubspot: string; salesforce: string } };
type Step = { key: string; work: RecordWork; contact: string; done(roles: DealContacts): void };

function idsOf(work: RecordWork): Planned["ids"] | null {
  const hubspot = work.hubspot?.id ?? createdId(work.hubspotOutcomes);
  const salesforce = work.salesforce?.id ?? createdId(work.salesforceOutcomes);
  return hubspot === null || salesforce === null ? null : { hubspot, salesforce };
}

function createdId(outcomes: WriteOutcome[]): string | null {
  const made = outcomes.find((outcome) => outcome.ok);
  return made?.ok ? made.id : null;
}

async function writeHubSpot(batch: Batch, planned: Planned[]): Promise<void> {
  const { hubspot } = batch.crms;
  const lead = { from: "deal", to: "contact" } as const;
  const adds = planned.flatMap(({ work, ids }) =>
    (work.roles?.plan.addToHubSpot ?? []).map((contact) => ({
      ...step(work, contact, (roles) => {
        roles.hubspot = applyContacts(roles.hubspot, [contact], []);
      }),
      fromId: ids.hubspot,
      toId: contact,
      typeId: ASSOCIATION_TYPES.dealToContact,
    })),
  );
  const removals = planned.flatMap(({ work, ids }) =>
    (work.roles?.plan.removeFromHubSpot ?? []).map((contact) => ({
      ...step(work, contact, (roles) => {
        roles.hubspot = applyContacts(roles.hubspot, [], [contact]);
      }),
      fromId: ids.hubspot,
      toId: contact,
    })),
  );
  if (removals.length > 0)
    deliver(
      "hubspot",
      removals,
      await hubspot.dissociate(
        lead.from,
        lead.to,
        removals.map(({ key, fromId, toId }) => ({ key, fromId, toId })),
      ),
    );
  if (adds.length > 0)
    deliver(
      "hubspot",
      adds,
      await hubspot.associate(
        lead.from,
        lead.to,
        adds.map(({ key, fromId, toId, typeId }) => ({ key, fromId, toId, typeId })),
      ),
    );
}

async function writeSalesforce(batch: Batch, planned: Planned[]): Promise<void> {
  const steps = planned.flatMap(({ work, ids }) => [
    ...(work.roles?.plan.addToSalesforce ?? []).map((contact) => addRole(work, ids.salesforce, contact)),
    ...(work.roles?.plan.removeFromSalesforce ?? []).flatMap((contact) => removeRoles(work, contact)),
  ]);
  if (steps.length === 0) return;
  deliver("salesforce", steps, await batch.crms.salesforce.writeContactRoles(steps.map(({ write }) => write)));
}

type RoleStep = Step & { write: ContactRoleWrite };

function addRole(work: RecordWork, opportunityId: string, contact: string): RoleStep {
  const contactId = work.roles?.ids[contact] ?? "";
  const own = step(work, contact, (roles) => {
    roles.salesforce = applyContacts(roles.salesforce, [contact], []);
    roles.roleHolders = applyContacts(roles.roleHolders, [contactId], []);
  });
  return { ...own, write: { key: own.key, operation: "add", opportunityId, contactId } };
}

/** A contact may have several roles on one opportunity; when it leaves, all of them go. */
function removeRoles(work: RecordWork, contact: string): RoleStep[] {
  const contactId = work.roles?.ids[contact] ?? "";
  return (work.roleIds.get(contactId) ?? []).map((role) => {
    const own = step(
      work,
      contact,
      (roles) => {
        roles.salesforce = applyContacts(roles.salesforce, [], [contact]);
        roles.roleHolders = applyContacts(roles.roleHolders, [], [contactId]);
      },
      role.id,
    );
    return { ...own, write: { key: own.key, operation: "remove", roleId: role.id } };
  });
}

function step(work: RecordWork, contact: string, done: Step["done"], suffix = ""): Step {
  return { key: `${work.claimed.id}/${contact}/${suffix}`, work, contact, done };
}

function deliver(side: "hubspot" | "salesforce", steps: Step[], outcomes: WriteOutcome[]): void {
  const byKey = new Map(steps.map((one) => [one.key, one]));
  for (const outcome of outcomes) {
    const one = byKey.get(outcome.key);
    if (!one) throw new Error(`An outcome came back for ${outcome.key}, which was not sent`);
    const { work } = one;
    work.calls += 1;
    if (outcome.ok && work.roles) one.done(work.roles);
    (side === "hubspot" ? work.hubspotOutcomes : work.salesforceOutcomes).push({ ...outcome, key: work.claimed.id });
  }
}
