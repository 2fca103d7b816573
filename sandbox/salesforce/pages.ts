import type { CallLog } from "../shared/call-log";
import { ActError } from "../shared/control-routes";
import { html, type Markup, renderButton, renderForm, renderMoment, renderTable } from "../shared/html";
import { makePersonWriter } from "./acts";
import { convertLead } from "./convert-lead";
import { notFound, SalesforceError } from "./errors";
import { normaliseId } from "./ids";
import {
  labelField,
  linkRecord,
  listColumns,
  listFormFields,
  PAGE_OBJECTS,
  readForm,
  renderFacts,
  renderInputs,
  renderOrgPage,
} from "./page-kit";
import { mountPlayPages, renderPlay } from "./play-pages";
import { createRecord, deleteRecord, updateRecord } from "./records";
import type { OrgApp, OrgContext } from "./routes/context";
import type { ObjectDef } from "./schema";
import { mountSetupPages } from "./setup-pages";
import type { OrgState } from "./state";
import type { Row } from "./table";

const PAGE_ROWS = 50;

function findPageObject(state: OrgState, name: string): ObjectDef {
  const def = state.schema.findObject(name);
  if (!def || !PAGE_OBJECTS.includes(def.name)) throw notFound();
  return def;
}

function findPageRow(state: OrgState, def: ObjectDef, id: string): Row {
  const row = state.table(def.name).get(normaliseId(id) ?? "");
  if (!row) throw notFound();
  return row;
}

/** The message that a person sees for a refused change. Anything but a refusal is passed on. */
export function tellError(error: unknown): string {
  if (error instanceof SalesforceError || error instanceof ActError) return error.message;
  throw error;
}

function searchRows(state: OrgState, def: ObjectDef, text: string): Row[] {
  const wanted = text.toLowerCase();
  const found: Row[] = [];
  for (const row of state.table(def.name).readSince("", false)) {
    if (row.IsDeleted) continue;
    const where = [row.Name, row.Email, row.Company, row.Phone].map((value) => String(value ?? "").toLowerCase());
    if (wanted === "" || where.some((value) => value.includes(wanted))) found.push(row);
  }
  return found.reverse();
}

function renderList(state: OrgState, c: OrgContext): string {
  const def = findPageObject(state, c.req.query("object") ?? "Lead");
  const text = c.req.query("q")?.trim() ?? "";
  const rows = searchRows(state, def, text);
  const shown = rows.slice(0, PAGE_ROWS);
  const columns = listColumns(state, def);
  const owner = (row: Row) =>
    (state.table("User").get(String(row.OwnerId)) ?? state.table("Group").get(String(row.OwnerId)))?.Name;
  const cells = shown.map((row) => [
    linkRecord(def, row),
    ...columns.read(row),
    owner(row),
    renderMoment(row.LastModifiedDate),
  ]);
  const search = html`<form class="row" method="get" action="/"><input type="hidden" name="object" value="${def.name}"><div><label for="q">Search</label><input id="q" name="q" value="${text}"></div><button type="submit">Search</button></form>`;
  const body = html`${search}<p class="muted">${rows.length} ${def.labelPlural.toLowerCase()}${rows.length > PAGE_ROWS && `, the ${PAGE_ROWS} changed last are shown`}</p>
${renderTable(columns.heads, cells)}`;
  return renderOrgPage({ title: def.labelPlural, path: `/?object=${def.name}`, body });
}

function renderReadOnly(def: ObjectDef, row: Row): Markup {
  return renderTable(
    ["Field", "Value"],
    listFormFields(def).map((field) => [labelField(field), row[field.name]]),
  );
}

function renderRecord(
  state: OrgState,
  def: ObjectDef,
  row: Row,
  o: { error?: string; note?: string; values?: Record<string, unknown> } = {},
): string {
  const path = `/lightning/r/${def.name}/${row.Id}/view`;
  const fixed = row.IsDeleted || row.IsConverted === true;
  const form = fixed
    ? renderReadOnly(def, row)
    : renderForm({ action: path, fields: renderInputs(state, def, o.values ?? row) });
  const convert = def.name === "Lead" && !fixed && renderButton({ action: `/convert/${row.Id}`, label: "Convert" });
  const remove = !row.IsDeleted && renderButton({ action: `/delete/${row.Id}`, label: "Delete", danger: true });
  const standing = row.IsDeleted
    ? "This record is in the recycle bin."
    : row.IsConverted === true
      ? "This lead has been converted."
      : undefined;
  const body = html`${form}<div class="actions">${convert}${remove}</div>${renderPlay(state, def, row)}${renderFacts(state, row)}`;
  return renderOrgPage({ title: String(row.Name ?? row.Id), path, body, error: o.error, note: o.note ?? standing });
}

function mountRecordPages(app: OrgApp, state: OrgState): void {
  app.get("/lightning/r/:object/:id/view", (c) => {
    const def = findPageObject(state, c.req.param("object"));
    const row = findPageRow(state, def, c.req.param("id"));
    return c.html(renderRecord(state, def, row, c.req.query("saved") ? { note: "Saved." } : {}));
  });
  app.post("/lightning/r/:object/:id/view", async (c) => {
    const def = findPageObject(state, c.req.param("object"));
    const row = findPageRow(state, def, c.req.param("id"));
    const form = await c.req.formData();
    try {
      updateRecord(state, def, row.Id, readForm(def, form, row), makePersonWriter(state));
      return c.redirect(`/lightning/r/${def.name}/${row.Id}/view?saved=1`, 303);
    } catch (error) {
      const values = { ...row, ...Object.fromEntries(form) };
      return c.html(renderRecord(state, def, row, { error: tellError(error), values }), 400);
    }
  });
  app.post("/delete/:id", (c) => {
    const def = state.schema.findByPrefix(c.req.param("id"));
    if (!def) throw notFound();
    const row = findPageRow(state, def, c.req.param("id"));
    try {
      deleteRecord(state, def, row.Id, makePersonWriter(state));
      return c.redirect(`/?object=${def.name}`, 303);
    } catch (error) {
      return c.html(renderRecord(state, def, row, { error: tellError(error) }), 400);
    }
  });
  app.post("/convert/:id", (c) => {
    const def = findPageObject(state, "Lead");
    const row = findPageRow(state, def, c.req.param("id"));
    try {
      const { contactId } = convertLead(state, { leadId: row.Id }, makePersonWriter(state));
      return c.redirect(`/lightning/r/Contact/${contactId}/view`, 303);
    } catch (error) {
      return c.html(renderRecord(state, def, row, { error: tellError(error) }), 400);
    }
  });
}

function mountNewPages(app: OrgApp, state: OrgState): void {
  const renderNew = (def: ObjectDef, values: Record<string, unknown>, error?: string) =>
    renderOrgPage({
      title: `New ${def.label.toLowerCase()}`,
      path: `/new/${def.name}`,
      error,
      body: renderForm({ action: `/new/${def.name}`, fields: renderInputs(state, def, values) }),
    });
  app.get("/new/:object", (c) => {
    const def = findPageObject(state, c.req.param("object"));
    return c.html(renderNew(def, { OwnerId: makePersonWriter(state).userId, Status: "Open - Not Contacted" }));
  });
  app.post("/new/:object", async (c) => {
    const def = findPageObject(state, c.req.param("object"));
    const form = await c.req.formData();
    try {
      const row = createRecord(state, def, readForm(def, form), makePersonWriter(state));
      return c.redirect(`/lightning/r/${def.name}/${row.Id}/view?saved=1`, 303);
    } catch (error) {
      return c.html(renderNew(def, Object.fromEntries(form), tellError(error)), 400);
    }
  });
}

/** The pages on which a person plays the sales rep and the administrator. */
export function mountPages(app: OrgApp, state: OrgState, calls: CallLog): void {
  app.get("/", (c) => c.html(renderList(state, c)));
  // The address that other applications link to.
  app.get("/:id{[0-9A-Za-z]{15,18}}", (c) => {
    const def = state.schema.findByPrefix(c.req.param("id"));
    if (!def) throw notFound();
    return c.redirect(`/lightning/r/${def.name}/${normaliseId(c.req.param("id"))}/view`);
  });
  mountRecordPages(app, state);
  mountNewPages(app, state);
  mountPlayPages(app, state, (def, row, o) => renderRecord(state, def, row, o));
  mountSetupPages(app, state);
  app.get("/calls", (c) => {
    const rows = calls.last(200).reverse();
    const cells = rows.map((call) => [
      renderMoment(call.at, true),
      call.method,
      call.path,
      call.status,
      call.records,
      `${call.ms} ms`,
    ]);
    const body = html`<p class="muted">${calls.total} calls so far</p>${renderTable(["At", "Method", "Path", "Status", "Records", "Took"], cells)}`;
    return c.html(renderOrgPage({ title: "API calls", path: "/calls", body }));
  });
}
