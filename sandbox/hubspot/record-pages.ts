import type { Hono } from "hono";
import { html, type Markup, renderButton, renderField, renderForm, renderMoment, renderTable } from "../shared/html";
import { createAnyRecord, updateAnyRecord } from "./act-records";
import { listAssociations } from "./associate";
import type { RecordRef } from "./change-feed";
import type { HubSpotEnv } from "./http";
import { PORTAL_ID } from "./ids";
import { COMPANIES, DEALS, type ObjectType, TICKETS } from "./object-types";
import { answerMissing, answerPage, explain, linkTo, nameRecord, PAGE_SIZE, readForm, redirect } from "./page-kit";
import type { PropertyDefinition } from "./property-definition";
import type { CrmRecord } from "./record";
import type { HubSpotState } from "./state";
import { archiveRecord } from "./write-record";

/** The properties that the page of each type edits, and the columns of its table. */
const PAGES: readonly { type: ObjectType; title: string; fields: string[]; columns: string[] }[] = [
  {
    type: COMPANIES,
    title: "Companies",
    fields: [
      "name",
      "domain",
      "phone",
      "website",
      "address",
      "city",
      "state",
      "zip",
      "country",
      "industry",
      "numberofemployees",
      "annualrevenue",
      "lifecyclestage",
      "hubspot_owner_id",
    ],
    columns: ["domain", "city", "num_associated_contacts"],
  },
  {
    type: DEALS,
    title: "Deals",
    fields: [
      "dealname",
      "pipeline",
      "dealstage",
      "amount",
      "deal_currency_code",
      "closedate",
      "dealtype",
      "hs_next_step",
      "description",
      "hubspot_owner_id",
    ],
    columns: ["dealstage", "amount", "closedate"],
  },
  {
    type: TICKETS,
    title: "Tickets",
    fields: ["subject", "content", "hs_pipeline", "hs_pipeline_stage", "hs_ticket_priority", "hubspot_owner_id"],
    columns: ["hs_pipeline_stage", "hs_ticket_priority", "createdate"],
  },
];
type Page = (typeof PAGES)[number];

function listChoices(state: HubSpotState, type: ObjectType, name: string): { value: string; label: string }[] {
  const blank = { value: "", label: "–" };
  if (name === "hubspot_owner_id") {
    const owners = state.owners.filter((owner) => !owner.archived);
    return [blank, ...owners.map((owner) => ({ value: owner.id, label: `${owner.firstName} ${owner.lastName}` }))];
  }
  return [blank, ...(state.storeOf(type).schema.find(name)?.options ?? [])];
}

function renderEditor(
  state: HubSpotState,
  page: Page,
  action: string,
  values: Readonly<Record<string, string>>,
): Markup {
  const { schema } = state.storeOf(page.type);
  const fields = page.fields.map((name) => {
    const definition = schema.find(name);
    const type =
      definition?.type === "enumeration" ? "select" : definition?.fieldType === "textarea" ? "textarea" : "text";
    const options = type === "select" ? listChoices(state, page.type, name) : [];
    return renderField({ name, label: definition?.label ?? name, type, value: values[name], options });
  });
  return renderForm({ action, fields });
}

/** Everything that is associated with a record, type by type. */
export function renderAssociated(state: HubSpotState, ref: RecordRef): Markup {
  const rows = state.listTypes().flatMap((type) =>
    listAssociations(state, ref, type).map(({ id, types }) => {
      const record = state.storeOf(type).find(id);
      const labels = types.flatMap((kind) => (kind.label === null ? [] : [kind.label]));
      const name = record ? nameRecord(type, record) : id;
      return [type.label.toLowerCase(), html`<a href="${linkTo(type, id)}">${name}</a>`, labels.join(", ")];
    }),
  );
  return html`<h2>Associated</h2>${renderTable(["Kind", "Record", "Labels"], rows.slice(0, PAGE_SIZE))}`;
}

function showRecord(
  state: HubSpotState,
  type: ObjectType,
  record: CrmRecord,
  note?: string,
  error?: string,
  typed = {},
): Response {
  const page = PAGES.find((one) => one.type === type);
  const action = linkTo(type, record.id);
  const rows = Object.entries(record.properties).sort(([a], [b]) => (a < b ? -1 : 1));
  const body = html`<p class="muted">Record ID ${record.id}</p>
${page && renderEditor(state, page, action, { ...record.properties, ...typed })}
${renderButton({ action: `${action}/delete`, label: "Delete", danger: true })}
${renderAssociated(state, { type, id: record.id })}<h2>Properties</h2>${renderTable(["Property", "Value"], rows)}`;
  return answerPage({ title: nameRecord(type, record), note, error, body }, error ? 400 : 200);
}

function showTable(state: HubSpotState, page: Page, path: string, values = {}, error?: string): Response {
  const store = state.storeOf(page.type);
  const records = [...store.all()].sort((a, b) => b.updatedAt - a.updatedAt);
  const rows = records
    .slice(0, PAGE_SIZE)
    .map((record) => [
      html`<a href="${linkTo(page.type, record.id)}">${nameRecord(page.type, record)}</a>`,
      ...page.columns.map((name) => renderCell(store.schema.find(name), record.properties[name])),
    ]);
  const heads = page.columns.map((name) => store.schema.find(name)?.label ?? name);
  const body = html`<p class="muted">${records.length} in all, the ${Math.min(PAGE_SIZE, records.length)} changed last are shown</p>
${renderTable(["Name", ...heads], rows)}<h2>New</h2>${renderEditor(state, page, path, values)}`;
  return answerPage({ title: page.title, path, error, body }, error ? 400 : 200);
}

/** A value as people read it: an option's label, a moment to the minute. */
function renderCell(definition: PropertyDefinition | undefined, value: string | undefined): unknown {
  if (definition?.type === "datetime") return renderMoment(value);
  return definition?.options.find((option) => option.value === value)?.label ?? value;
}

function withoutBlanks(form: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(form).filter(([, value]) => value !== ""));
}

/** Mounts tables of companies, deals and tickets, and the page of any record but a contact. Mount after the contacts' pages. */
export function mountRecordPages(app: Hono<HubSpotEnv>, state: HubSpotState): void {
  for (const page of PAGES) {
    const path = `/${page.type.name}`;
    app.get(path, () => showTable(state, page, path));
    app.post(path, async (c) => {
      const properties = withoutBlanks(await readForm(c.req.raw));
      try {
        const { id } = createAnyRecord(state, { type: page.type.name, properties, associatedWith: [] });
        return redirect(linkTo(page.type, id));
      } catch (error) {
        return showTable(state, page, path, properties, explain(error));
      }
    });
  }
  const recordPath = `/contacts/${PORTAL_ID}/record/:type/:id`;
  app.get(recordPath, (c) => {
    const store = state.findStore(c.req.param("type"));
    const record = store?.resolve(c.req.param("id"));
    if (!store || !record) return answerMissing("record");
    return showRecord(state, store.type, record, c.req.query("saved") ? "Saved" : undefined);
  });
  app.post(recordPath, async (c) => {
    const store = state.findStore(c.req.param("type"));
    const record = store?.resolve(c.req.param("id"));
    if (!store || !record) return answerMissing("record");
    const properties = await readForm(c.req.raw);
    try {
      updateAnyRecord(state, { type: store.type.name, id: record.id, properties });
      return redirect(`${linkTo(store.type, record.id)}?saved=1`);
    } catch (error) {
      return showRecord(state, store.type, record, undefined, explain(error), properties);
    }
  });
  app.post(`${recordPath}/delete`, (c) => {
    const store = state.findStore(c.req.param("type"));
    if (store) archiveRecord(store, c.req.param("id"), state.clock.now());
    return redirect(store ? `/${store.type.name}` : "/");
  });
}
