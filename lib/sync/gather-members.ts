import type { NamedCampaign } from "@/lib/crm/event-face";
import { textOf } from "@/lib/decide/activity-values";
import type { RemoteFailure } from "@/lib/decide/classify-error";
import { type CampaignDecision, decideCampaigns } from "@/lib/decide/decide-campaign";
import type { SalesforceReading, Values } from "@/lib/decide/record-types";
import { findFailingMembers } from "@/lib/store/failing-members";
import { type ParentRecord, triggerRecords } from "@/lib/store/parent-records";
import { findPartnerRows } from "@/lib/store/record-claims";
import { type Batch, openWorks, type RecordWork } from "./batch-work";
import { findPeople } from "./gather-events";
import { newTrigger } from "./new-trigger";

type Person = { work: RecordWork; who: ParentRecord };

/**
 * K1: what a submission does to its submitter's membership. Campaigns and memberships of the whole batch are read with one
 * call each; a person is a member of a campaign once, so that a member who is there is moved on, never added.
 */
export async function gatherMembers(batch: Batch): Promise<void> {
  const people = await findPeople(batch);
  for (const { work } of people) Object.assign(work, { missing: null, deletedIn: null });
  if (people.length === 0) return;
  const ids = people.map(({ work }) => textOf(work.hubspot?.values.campaign_id));
  const [campaigns, members] = await Promise.all([
    batch.crms.salesforce.campaigns.readByIds(ids),
    readMembers(batch, people),
  ]);
  const byId = new Map(campaigns.map((campaign) => [campaign.id, campaign]));
  for (const person of people) {
    person.work.calls += 2;
    const campaign = byId.get(textOf(person.work.hubspot?.values.campaign_id));
    placeMember(person, campaign, members.get(memberKey(person)) ?? null);
  }
  await leaveTaken(batch, people);
}

/** After the write: somebody else added the person in the same moment. The member is there, which is all that counts. */
export async function finishMembers(batch: Batch): Promise<void> {
  const doubled = openWorks(batch).filter((work) =>
    work.salesforceOutcomes.some((outcome) => !outcome.ok && outcome.failure.code === "DUPLICATE_VALUE"),
  );
  if (doubled.length === 0) return;
  const works = new Set(doubled);
  const people = (await findPeople(batch)).filter(({ work }) => works.has(work));
  const members = await readMembers(batch, people);
  for (const person of people) {
    const { work } = person;
    const member = members.get(memberKey(person));
    if (!member) continue;
    const { id, values, modifiedAt } = member;
    work.salesforceOutcomes = [{ key: work.claimed.id, ok: true, id, created: false, stored: values, modifiedAt }];
  }
}

/** The memberships of these people in any campaign, by person and campaign. */
async function readMembers(batch: Batch, people: Person[]): Promise<Map<string, SalesforceReading>> {
  const keys = people.map(({ who }) => ({ field: fieldOf(who), value: who.salesforceId ?? "" }));
  const rows = await batch.crms.salesforce.readByKeys(["CampaignMember"], keys, batch.context.fields);
  const found = new Map<string, SalesforceReading>();
  for (const row of rows) {
    for (const field of ["LeadId", "ContactId"]) {
      const person = textOf(row.values[field]);
      if (person !== "") found.set(`${person} ${textOf(row.values.CampaignId)}`, row);
    }
  }
  return found;
}

function memberKey({ work, who }: Person): string {
  return `${who.salesforceId} ${textOf(work.hubspot?.values.campaign_id)}`;
}

function fieldOf(who: ParentRecord): "LeadId" | "ContactId" {
  return who.salesforceType === "Lead" ? "LeadId" : "ContactId";
}

function placeMember(
  { work, who }: Person,
  campaign: NamedCampaign | undefined,
  member: SalesforceReading | null,
): void {
  work.salesforce = member;
  const told = work.hubspot?.values ?? {};
  const isNew = work.claimed.base === null || work.claimed.base.hubspot.occurred_at !== told.occurred_at;
  // Whoever was taken out of a campaign since stays out until the next submission.
  if (!isNew && member === null) {
    work.deletedIn = "salesforce";
    return;
  }
  const decided = isNew ? decideMember(told, campaign, member) : undefined;
  if (isNew && !campaign?.isActive) work.refusal = inactive(campaign, told);
  const person = { CampaignId: textOf(told.campaign_id), [fieldOf(who)]: who.salesforceId };
  const values: Values = member ? {} : person;
  const isWritten = decided !== undefined && decided.action !== "none";
  work.copy = {
    side: "salesforce",
    type: "CampaignMember",
    values: isWritten ? { ...values, Status: decided.status } : values,
    before: null,
  };
}

/** By the rule as it was when the form was submitted. */
function decideMember(
  told: Values,
  campaign: NamedCampaign | undefined,
  member: SalesforceReading | null,
): CampaignDecision | undefined {
  if (!campaign) return undefined;
  const formId = textOf(told.form_id);
  const rule = { formId, campaignId: campaign.id, campaignName: campaign.name, status: textOf(told.status) };
  const held = member && {
    status: textOf(member.values.Status),
    hasResponded: member.values.HasResponded === true,
  };
  return decideCampaigns(formId, [rule], [campaign], held ? { [campaign.id]: held } : {})[0];
}

function inactive(campaign: NamedCampaign | undefined, told: Values): RemoteFailure {
  const name = campaign?.name ?? textOf(told.campaign_name);
  const message = campaign
    ? `The campaign "${name}" is not active.`
    : `The campaign "${name}" is not there, or the integration user cannot see it.`;
  return {
    side: "salesforce",
    status: 0,
    code: "CAMPAIGN_INACTIVE",
    message,
    fields: ["CampaignId"],
    uncertain: false,
  };
}

/** Two contacts that became one person in Salesforce: the member belongs to one record of ours only. */
async function leaveTaken(batch: Batch, people: Person[]): Promise<void> {
  const ids = people.flatMap(({ work }) => work.salesforce?.id ?? []);
  if (ids.length === 0) return;
  const rows = await findPartnerRows(batch.context.connectionId, "campaign_member", [], ids);
  const holders = new Map(rows.map((row) => [row.salesforceId, row.id]));
  const seen = new Set<string>();
  for (const { work } of people) {
    const id = work.salesforce?.id;
    if (id === undefined) continue;
    const holder = holders.get(id) ?? work.claimed.id;
    if (holder !== work.claimed.id || seen.has(id)) {
      work.partnerTaken = true;
      work.salesforce = null;
    }
    seen.add(id);
  }
}

/** A person who syncs a contact by hand wants its failed memberships tried again too. */
export async function retryMembers(batch: Batch): Promise<void> {
  if (batch.by === null) return;
  const ids = openWorks(batch).flatMap((work) => work.hubspot?.id ?? []);
  const failing = await findFailingMembers(batch.context.connectionId, ids);
  const trigger = newTrigger("T17", null, [], batch.by);
  await triggerRecords(
    batch.context.connectionId,
    failing.map((recordId) => ({ recordId, triggers: [trigger] })),
  );
}
