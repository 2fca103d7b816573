import { MARKETING_FEEDS, type MarketingFeed } from "@/lib/decide/event-news";
import type { JobRequest } from "@/lib/decide/job-request";
import type { SyncObject } from "@/lib/decide/record-types";
import { readSources } from "@/lib/store/event-sources";
import { findPlannedKeys } from "@/lib/store/job-items";
import type { JobCheckpoint } from "@/lib/store/jobs";
import { makeEmailRows } from "./collect-marketing-events";
import { readFormNames, tellSubmissions } from "./collect-submissions";
import type { EventRow } from "./save-events";
import type { SourceInput, SourcePage } from "./source-page";

type Request = Extract<JobRequest, { kind: "import_hubspot" }>;
type Span = { from: number; to: number | null };
/** `place`: where the next page begins, null = there is none; `more`: newly learnt to be coming. */
type EventPage = { rows: EventRow[]; place: string | null; more: number | null };

/** What HubSpot keeps as events and tells of again; of opens and clicks of sales emails it keeps the last date only. */
export function isImportedEvent(object: SyncObject): object is "form_submission" | "marketing_email" {
  return object === "form_submission" || object === "marketing_email";
}

/**
 * A1: one page of HubSpot's past events, made as a check makes them. An event cannot be read by its id: what a preview
 * planned is read the same way again, and the rest is left out.
 */
export async function readEventImport(
  input: SourceInput,
  request: Request,
  checkpoint: JobCheckpoint,
  previewId: string | null,
): Promise<SourcePage> {
  const starts = [request.createdFrom, request.modifiedFrom].map((text) => (text === null ? 0 : Date.parse(text)));
  const span = { from: Math.max(...starts), to: request.createdTo === null ? null : Date.parse(request.createdTo) };
  const read = request.object === "form_submission" ? readSubmissions : readMails;
  const { rows, place, more } = await read(input, span, checkpoint.place);
  const wanted = previewId === null ? rows : await keepPlanned(input.connectionId, previewId, rows);
  return {
    keys: { object: request.object, side: "hubspot" },
    ids: wanted.map(({ id }) => id),
    readings: wanted.map(({ id, values, at }) => ({ id, type: null, values, modifiedAt: at })),
    checkpoint: { part: 0, place, isNamed: place === null },
    more: previewId === null ? more : wanted.length,
  };
}

async function keepPlanned(connectionId: string, previewId: string, rows: EventRow[]): Promise<EventRow[]> {
  const planned = await findPlannedKeys(
    connectionId,
    previewId,
    rows.map(({ id }) => id),
  );
  return rows.filter(({ id }) => planned.has(id));
}

/** Form by form, the newest first. `place`: the form and HubSpot's own place in it, "<form id>|<after>". */
async function readSubmissions(input: SourceInput, { from, to }: Span, place: string | null): Promise<EventPage> {
  const { connectionId, crms } = input;
  const check = { connectionId, hubspot: crms.hubspot };
  const forms = place === null ? await readFormNames(check) : [...(await readSources(connectionId, "form")).values()];
  const [formId = forms[0]?.id ?? "", ...after] = place === null ? [] : place.split("|");
  const form = forms.find(({ id }) => id === formId);
  if (!form) return { rows: [], place: null, more: null };
  const next = forms.find(({ id }) => id > form.id);
  const nextForm = next ? `${next.id}|` : null;
  const page = await crms.hubspot.events.readSubmissions(form.id, after.join("|") || null);
  if (page === null) return { rows: [], place: nextForm, more: null };
  const inSpan = page.submissions.filter(({ at }) => at >= from && (to === null || at < to));
  const rows = (await tellSubmissions(check, form.name, inSpan)).map(
    ({ submission: { id, at }, values }): EventRow => ({ id, code: "T2", at, values }),
  );
  const isOver = page.next === null || page.submissions.some(({ at }) => at < from);
  return { rows, place: isOver ? nextForm : `${form.id}|${page.next}`, more: rows.length };
}

/** One kind after the other, the newest first. `place`: the kind and the moment below which it goes on, "<kind>|<ms>". */
async function readMails(input: SourceInput, { from, to }: Span, place: string | null): Promise<EventPage> {
  const { connectionId, contexts, crms } = input;
  const settings = contexts[0]?.connection.settings;
  const kinds = (Object.keys(MARKETING_FEEDS) as MarketingFeed[]).filter((kind) => settings?.activities[kind]);
  const [told, before = ""] = place === null ? [kinds[0] ?? ""] : place.split("|");
  const kind = kinds.find((one) => one === told);
  if (!kind || !settings) return { rows: [], place: null, more: null };
  const until = before === "" ? to : Number(before);
  const window = { from, to: until };
  const page = await crms.hubspot.events.readMarketingEvents(MARKETING_FEEDS[kind].type, window, null);
  const inSpan = page.events.filter(({ at, recipient }) => recipient !== "" && (to === null || at < to));
  const check = { connectionId, hubspot: crms.hubspot };
  const rows = inSpan.length === 0 ? [] : await makeEmailRows(check, settings.rollUpEmailEvents, inSpan);
  const last = page.events.at(-1)?.at;
  const next = kinds[kinds.indexOf(kind) + 1];
  if (page.next === null || last === undefined) return { rows, place: next ? `${next}|` : null, more: null };
  // A page of one moment alone would lead to itself.
  return { rows, place: `${kind}|${last === until ? last - 1 : last}`, more: null };
}
