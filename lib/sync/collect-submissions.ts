import type { FormSubmission } from "@/lib/crm/event-face";
import type { CampaignRule } from "@/lib/decide/connection-settings";
import { rulesOfForm } from "@/lib/decide/decide-campaign";
import { EVERY_FORM, formsOf, formsSince, toggleSince } from "@/lib/decide/event-news";
import { emailOf, submissionValues } from "@/lib/decide/event-values";
import { inTransaction } from "@/lib/store/client";
import { closeFeed, type EventFeed } from "@/lib/store/event-feeds";
import { type EventSource, readSources, saveSources } from "@/lib/store/event-sources";
import { findParents, triggerRecords } from "@/lib/store/parent-records";
import { findKnownRecords } from "@/lib/store/record-marks";
import { newTrigger } from "./new-trigger";
import { type EventCheck, type EventRow, findContactsOf, heldOf, saveEventRows } from "./save-events";

/** A submission may be listed some moments after the contact shows its date. */
const OVERLAP_MS = 300_000;

/** Reads the forms that contacts named, each once. Answers false when the deadline came first. */
export async function collectSubmissions(check: EventCheck, feeds: EventFeed[]): Promise<boolean> {
  const forms = await findForms(check, feeds);
  const startOf = new Map<string, number>();
  for (const feed of feeds) {
    for (const { id } of formsOf(feed.name, forms)) {
      startOf.set(id, Math.min(feed.doneUntil - OVERLAP_MS, startOf.get(id) ?? Number.POSITIVE_INFINITY));
    }
  }
  const newest = new Map<string, number>();
  for (const form of forms) {
    const from = startOf.get(form.id);
    if (from === undefined) continue;
    const found = await readForm(check, form, from);
    if (found === "late") return false;
    if (found !== null) newest.set(form.id, found);
  }
  for (const feed of feeds) {
    const found = formsOf(feed.name, forms).flatMap(({ id }) => newest.get(id) ?? []);
    await closeFeed(check.connectionId, feed, found.length === 0 ? null : Math.max(...found));
  }
  return true;
}

/** The forms by name; one that is new to us asks HubSpot for all names once. */
async function findForms(check: EventCheck, feeds: EventFeed[]): Promise<EventSource[]> {
  const { connectionId } = check;
  const known = [...(await readSources(connectionId, "form")).values()];
  const isKnown = ({ name }: EventFeed) =>
    name !== EVERY_FORM && formsOf(name, known).length < Math.max(known.length, 2);
  return known.length > 0 && feeds.every(isKnown) ? known : readFormNames(check);
}

type Reader = Pick<EventCheck, "connectionId" | "hubspot">;

/** All forms, those that are gone from HubSpot included, by rising id. */
export async function readFormNames({ connectionId, hubspot }: Reader): Promise<EventSource[]> {
  const forms = await hubspot.events.listForms();
  await saveSources(
    connectionId,
    "form",
    forms.map(({ id, name }) => ({ id, name, subject: "" })),
  );
  return [...(await readSources(connectionId, "form")).values()];
}

/** Newest first, until what was read before; answers the newest moment, null when there is nothing. */
async function readForm(check: EventCheck, form: EventSource, from: number): Promise<number | null | "late"> {
  let newest: number | null = null;
  let after: string | null = null;
  for (;;) {
    if (Date.now() > check.deadline) return "late";
    const page = await check.hubspot.events.readSubmissions(form.id, after);
    if (page === null) return newest;
    const fresh = page.submissions.filter(({ at }) => at >= from);
    for (const { at } of fresh) newest = Math.max(newest ?? at, at);
    await saveSubmissions(check, form, fresh);
    after = page.next;
    if (after === null || fresh.length < page.submissions.length) return newest;
  }
}

async function saveSubmissions(check: EventCheck, form: EventSource, submissions: FormSubmission[]): Promise<void> {
  const { connectionId, contexts } = check;
  const settings = contexts[0]?.connection.settings;
  const since = settings ? formsSince(settings) : null;
  const wanted = submissions.filter(({ at }) => since !== null && at >= since);
  if (!settings || wanted.length === 0) return;
  const toggle = toggleSince("form_submission", settings);
  const had = await findKnownRecords(
    connectionId,
    "form_submission",
    "hubspot",
    wanted.map(({ id }) => id),
  );
  const told = await tellSubmissions(check, form.name, wanted);
  const rows = told
    .filter(({ submission: { id, at } }) => toggle !== null && at >= toggle && !had.has(id))
    .map(({ submission: { id, at }, values }): EventRow => ({ id, code: "T2", at, values }));
  const members = await findNewMembers(check, form, settings.campaigns.rules, told);
  await inTransaction(async (tx) => {
    await saveEventRows(tx, check, "form_submission", rows);
    await saveEventRows(tx, check, "campaign_member", members);
  });
  await triggerContacts(connectionId, members);
}

type Told = { submission: FormSubmission; values: EventRow["values"] };

/** Each submission with whose it is. */
export async function tellSubmissions(check: Reader, formName: string, wanted: FormSubmission[]): Promise<Told[]> {
  const contacts = await findContactsOf(
    check,
    wanted.flatMap((submission) => emailOf(submission) ?? []),
  );
  return wanted.map((submission) => ({
    submission,
    values: submissionValues(formName, contacts.get(emailOf(submission) ?? "") ?? "", submission),
  }));
}

/** K1: a record for each contact and campaign, with the last submission that counts. */
async function findNewMembers(
  { connectionId }: EventCheck,
  form: EventSource,
  rules: readonly CampaignRule[],
  told: Told[],
): Promise<EventRow[]> {
  const rows = new Map<string, EventRow>();
  for (const { submission, values } of told) {
    if (values.contact_id === "") continue;
    for (const rule of rulesOfForm(form.id, rules)) {
      if (submission.at < Date.parse(rule.since ?? "1970-01-01T00:00:00Z")) continue;
      const id = `${values.contact_id}-${rule.campaignId}`;
      if ((rows.get(id)?.at ?? 0) >= submission.at) continue;
      rows.set(id, {
        id,
        code: "T14",
        at: submission.at,
        values: {
          contact_id: values.contact_id ?? "",
          email: values.email ?? "",
          campaign_id: rule.campaignId,
          campaign_name: rule.campaignName,
          status: rule.status,
          form_id: form.id,
          form_name: form.name,
          submission_id: submission.id,
          occurred_at: submission.at,
        },
      });
    }
  }
  const known = await findKnownRecords(connectionId, "campaign_member", "hubspot", [...rows.keys()]);
  return [...rows.values()].filter(({ id, at }) => Number(heldOf(known.get(id))?.occurred_at ?? 0) < at);
}

/** T14 beside T2: two reasons, one sync. */
async function triggerContacts(connectionId: string, members: EventRow[]): Promise<void> {
  const ids = [...new Set(members.map(({ values }) => String(values.contact_id)))];
  const contacts = await findParents(connectionId, "contact", "hubspot", ids);
  const trigger = newTrigger("T14", "hubspot", ["recent_conversion_date"]);
  await triggerRecords(
    connectionId,
    [...contacts.values()].map(({ recordId }) => ({ recordId, triggers: [trigger] })),
  );
}
