import type { Hono } from "hono";
import type { CallLog } from "../shared/call-log";
import {
  type FieldOptions,
  html,
  type Markup,
  renderButton,
  renderField,
  renderForm,
  renderMoment,
  renderTable,
} from "../shared/html";
import { createAsPerson, updateAsPerson } from "./acts";
import type { HubSpotEnv } from "./http";
import { PORTAL_ID } from "./ids";
import { CONTACTS } from "./object-types";
import {
  answerMissing,
  answerPage,
  explain,
  linkTo as linkToRecord,
  nameRecord,
  PAGE_SIZE,
  readForm,
  redirect,
} from "./page-kit";
import { mountPlayPages, renderPlays } from "./play-pages";
import { type CrmRecord, listVersions } from "./record";
import { mountRecordPages, renderAssociated } from "./record-pages";
import type { HubSpotState } from "./state";
import { archiveRecord } from "./write-record";

const FIELDS: [name: string, label: string, type: FieldOptions["type"]][] = [
  ["email", "Email", "text"],
  ["firstname", "First name", "text"],
  ["lastname", "Last name", "text"],
  ["phone", "Phone number", "text"],
  ["mobilephone", "Mobile phone number", "text"],
  ["company", "Company name", "text"],
  ["jobtitle", "Job title", "text"],
  ["address", "Street address", "textarea"],
  ["city", "City", "text"],
  ["state", "State/Region", "text"],
  ["zip", "Postal code", "text"],
  ["country", "Country/Region", "text"],
  ["website", "Website URL", "text"],
  ["industry", "Industry", "text"],
  ["lifecyclestage", "Lifecycle stage", "select"],
  ["hs_lead_status", "Lead status", "select"],
  ["hubspot_owner_id", "Contact owner", "select"],
];

function linkTo(id: string): string {
  return linkToRecord(CONTACTS, id);
}

function nameContact(record: CrmRecord): string {
  return nameRecord(CONTACTS, record);
}

function listOptions(state: HubSpotState, name: string): { value: string; label: string }[] {
  const blank = { value: "", label: "–" };
  if (name === "hubspot_owner_id") {
    const owners = state.owners.filter((owner) => !owner.archived);
    return [blank, ...owners.map((owner) => ({ value: owner.id, label: `${owner.firstName} ${owner.lastName}` }))];
  }
  return [blank, ...(state.contacts.schema.find(name)?.options ?? [])];
}

/** What people read instead of an option's value. */
function labelOf(state: HubSpotState, name: string, value: string | undefined): string | undefined {
  return listOptions(state, name).find((option) => option.value === value)?.label ?? value;
}

function renderContactForm(state: HubSpotState, action: string, values: Readonly<Record<string, string>>): Markup {
  const custom = state.contacts.schema.list().filter((definition) => !definition.hubspotDefined);
  const fields = FIELDS.map(([name, label, type]) =>
    renderField({ name, label, type, value: values[name], options: type === "select" ? listOptions(state, name) : [] }),
  );
  const more = custom.map(({ name, label }) => renderField({ name, label, value: values[name] }));
  return renderForm({ action, fields: [...fields, ...more] });
}

function renderHistory(record: CrmRecord): Markup {
  const rows = Object.keys(record.history).flatMap((name) =>
    listVersions(record, name).map(({ value, change }) => ({ name, value, change })),
  );
  rows.sort((a, b) => b.change.at - a.change.at);
  return renderTable(
    ["When", "Property", "Value", "Source"],
    rows
      .slice(0, PAGE_SIZE)
      .map(({ name, value, change }) => [
        renderMoment(change.at, true),
        name,
        value,
        [change.sourceType, change.sourceId].filter(Boolean).join(" "),
      ]),
  );
}

function showContact(state: HubSpotState, record: CrmRecord, note?: string, error?: string, typed = {}): Response {
  const { id, properties } = record;
  const facts = html`<p class="muted">Record ID ${id} · created ${renderMoment(properties.createdate)} · last modified ${renderMoment(properties.lastmodifieddate)}${
    properties.hs_additional_emails && html` · also ${properties.hs_additional_emails}`
  }</p>`;
  const body = html`${facts}${renderContactForm(state, linkTo(id), { ...properties, ...typed })}
${renderButton({ action: `${linkTo(id)}/delete`, label: "Delete", danger: true })}
${renderPlays(id)}${renderAssociated(state, { type: CONTACTS, id })}
<h2>Property history</h2>${renderHistory(record)}`;
  return answerPage({ title: nameContact(record), note, error, body }, error ? 400 : 200);
}

/** The first matches, newest change first; looks at the live records, not at the search index. */
function findContacts(state: HubSpotState, query: string): CrmRecord[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const { records } = state.contacts.listPage(undefined, Number.MAX_SAFE_INTEGER, false);
  const found = records.filter(({ id, properties: { firstname, lastname, email, company } }) => {
    const text = `${id} ${firstname ?? ""} ${lastname ?? ""} ${email ?? ""} ${company ?? ""}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return found.sort((a, b) => b.updatedAt - a.updatedAt || Number(b.id) - Number(a.id));
}

function showList(state: HubSpotState, query: string): Response {
  const found = findContacts(state, query);
  const rows = found
    .slice(0, PAGE_SIZE)
    .map((record) => [
      html`<a href="${linkTo(record.id)}">${nameContact(record)}</a>`,
      record.properties.email,
      record.properties.company,
      labelOf(state, "lifecyclestage", record.properties.lifecyclestage),
      renderMoment(record.properties.lastmodifieddate),
    ]);
  const body = html`<form class="row" method="get" action="/"><div><label for="q">Search contacts</label>
<input id="q" name="q" value="${query}"></div><button type="submit">Search</button></form>
<p class="muted">${found.length} contacts${found.length > PAGE_SIZE && html`, the ${PAGE_SIZE} changed last are shown`}</p>
${renderTable(["Name", "Email", "Company", "Lifecycle stage", "Last modified"], rows)}`;
  return answerPage({ title: "Contacts", path: "/", body });
}

function showCalls(calls: CallLog): Response {
  const rows = calls
    .last(200)
    .reverse()
    .map((call) => [renderMoment(call.at, true), call.method, call.path, call.status, call.ms, call.records]);
  const body = html`<p class="muted">${calls.total} calls in all</p>${renderTable(["At", "Method", "Path", "Status", "ms", "Records"], rows)}`;
  return answerPage({ title: "API calls", path: "/calls", body });
}

/** Mounts the pages on which a person plays the marketer. */
export function mountPages(app: Hono<HubSpotEnv>, state: HubSpotState, calls: CallLog): void {
  app.get("/", (c) => showList(state, c.req.query("q") ?? ""));
  app.get("/calls", () => showCalls(calls));
  app.get("/favicon.ico", () => new Response(null, { status: 204 }));
  const showNew = (values: Record<string, string>, error?: string) => {
    const body = renderContactForm(state, "/contacts/new", values);
    return answerPage({ title: "New contact", path: "/contacts/new", error, body }, error ? 400 : 200);
  };
  app.get("/contacts/new", () => showNew({}));
  app.post("/contacts/new", async (c) => {
    const form = await readForm(c.req.raw);
    try {
      return redirect(linkTo(createAsPerson(state, form).id));
    } catch (error) {
      return showNew(form, explain(error));
    }
  });
  const recordPath = `/contacts/${PORTAL_ID}/record/0-1/:id`;
  const showMissing = () => answerMissing("contact");
  app.get(recordPath, (c) => {
    const record = state.contacts.resolve(c.req.param("id"));
    if (!record) return showMissing();
    const failed = c.req.query("failed");
    return showContact(state, record, c.req.query("saved") ? "Saved" : undefined, failed);
  });
  app.post(recordPath, async (c) => {
    const record = state.contacts.resolve(c.req.param("id"));
    if (!record) return showMissing();
    const form = await readForm(c.req.raw);
    try {
      return redirect(`${linkTo(updateAsPerson(state, record, form).id)}?saved=1`);
    } catch (error) {
      return showContact(state, record, undefined, explain(error), form);
    }
  });
  app.post(`${recordPath}/delete`, (c) => {
    archiveRecord(state.contacts, c.req.param("id"), state.clock.now());
    return redirect("/");
  });
  mountPlayPages(app, state);
  mountRecordPages(app, state);
}
