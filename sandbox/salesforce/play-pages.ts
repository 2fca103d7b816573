import { html, type Markup, renderButton, renderField, renderForm, renderTable } from "../shared/html";
import { makePersonWriter } from "./acts";
import { convertLead } from "./convert-lead";
import { notFound, SalesforceError } from "./errors";
import { normaliseId } from "./ids";
import { mergeRecords } from "./merge-records";
import { createRecord, deleteRecord, updateRecord } from "./records";
import type { OrgApp, OrgContext } from "./routes/context";
import type { ObjectDef } from "./schema";
import { formatDate, formatStamp } from "./stamps";
import type { OrgState } from "./state";
import type { Row } from "./table";
import { firstClosedStatus } from "./task-picklists";

type Form = Record<string, string>;
/** Shows a record again with what went wrong or right. */
export type ShowRecord = (def: ObjectDef, row: Row, o: { error?: string; note?: string }) => string;

const SHOWN = 20;

/** The fields of these forms stand beside those of the record, so their ids need a name of their own. */
function renderPlayForm(action: string, submit: string, fields: Markup[]): Markup {
  const form = renderForm({ action, submit, fields });
  return html`<details><summary>${submit}</summary>${form}</details>`;
}

function listActivities(state: OrgState, row: Row): unknown[][] {
  const own = (object: string) =>
    ["WhoId", "WhatId"].flatMap((lookup) =>
      state.table(object).isIndexed(lookup) ? state.table(object).findByValue(lookup, row.Id) : [],
    );
  const activities = [...own("Task"), ...own("Event")].filter((activity) => !activity.IsDeleted);
  activities.sort((a, b) => (String(a.CreatedDate) < String(b.CreatedDate) ? 1 : -1));
  return activities
    .slice(0, SHOWN)
    .map((activity) => [
      activity.Id.startsWith("00U") ? "Meeting" : activity.TaskSubtype,
      activity.Subject,
      activity.ActivityDate ?? String(activity.CreatedDate).slice(0, 10),
      activity.Status ?? `${activity.DurationInMinutes ?? 0} min`,
    ]);
}

function listMemberships(state: OrgState, row: Row): unknown[][] {
  const lookup = row.Id.startsWith("00Q") ? "LeadId" : "ContactId";
  const members = state.table("CampaignMember").findByValue(lookup, row.Id);
  return members
    .filter((member) => !member.IsDeleted)
    .slice(0, SHOWN)
    .map((member) => [
      state.table("Campaign").get(String(member.CampaignId))?.Name,
      member.Status,
      renderButton({ action: `/play/leave/${member.Id}`, label: "Take out of campaign" }),
    ]);
}

function renderPerson(state: OrgState, def: ObjectDef, row: Row): Markup {
  const campaigns = [...state.table("Campaign").readAll()].filter((campaign) => !campaign.IsDeleted);
  const options = campaigns.map((campaign) => ({ value: campaign.Id, label: String(campaign.Name) }));
  const answers = ["Sent", "Responded"].map((value) => ({ value, label: value }));
  const twins = state
    .table(def.name)
    .findByValue("Email", String(row.Email ?? ""))
    .filter((other) => other.Id !== row.Id && !other.IsDeleted && other.IsConverted !== true)
    .slice(0, SHOWN);
  const merge = renderPlayForm(`/play/merge/${row.Id}`, "Merge another record into this one", [
    renderField({ label: "Id of the record that goes", name: "mergedId", value: twins[0]?.Id, required: true }),
  ]);
  const deal =
    def.name === "Lead" &&
    renderPlayForm(`/play/convert/${row.Id}`, "Make contact and deal of this lead", [
      renderField({ label: "Name of the deal", name: "opportunityName", value: `${row.Company ?? ""} – deal` }),
    ]);
  return html`<h2>Play sales rep</h2>
${renderPlayForm(`/play/call/${row.Id}`, "Log a call", [
  renderField({ label: "What was it about", name: "subject", value: "Call", required: true }),
  renderField({ label: "Minutes", name: "minutes", type: "number", value: 5 }),
  renderField({ label: "What was said", name: "notes", type: "textarea" }),
])}
${renderPlayForm(`/play/meeting/${row.Id}`, "Plan a meeting", [
  renderField({ label: "Topic", name: "topic", value: "Meeting", required: true }),
  renderField({ label: "Day", name: "day", type: "date", value: formatDate(state.clock.now() + 86_400_000) }),
])}
${renderPlayForm(`/play/join/${row.Id}`, "Add to campaign", [
  renderField({ label: "Which campaign", name: "campaign", type: "select", options }),
  renderField({ label: "Answer so far", name: "answer", type: "select", options: answers }),
])}
${deal}${merge}
<h2>Campaigns</h2>${renderTable(["Campaign", "Answer", ""], listMemberships(state, row))}
<h2>Activity</h2>${renderTable(["Kind", "Subject", "Day", "Standing"], listActivities(state, row))}`;
}

function renderDeal(state: OrgState, row: Row): Markup {
  const roles = state.table("OpportunityContactRole").findByValue("OpportunityId", row.Id);
  const people = roles
    .filter((role) => !role.IsDeleted)
    .map((role) => {
      const contact = state.table("Contact").get(String(role.ContactId));
      return [html`<a href="/lightning/r/Contact/${role.ContactId}/view">${contact?.Name}</a>`, role.Role];
    });
  const close = (stage: string, label: string) =>
    renderButton({ action: `/play/close/${row.Id}`, label, values: { stage } });
  const open = html`<div class="actions">${close("Closed Won", "Won!")}${close("Closed Lost", "Lost")}</div>`;
  return html`<h2>Play sales rep</h2>${row.IsClosed === true ? html`<p class="muted">This deal is closed: ${row.StageName}.</p>` : open}
<h2>People</h2>${renderTable(["Contact", "Role"], people)}`;
}

/** What a sales rep can do with this record, below its form. */
export function renderPlay(state: OrgState, def: ObjectDef, row: Row): Markup {
  if (row.IsDeleted || row.IsConverted === true) return html``;
  if (def.name === "Lead" || def.name === "Contact") return renderPerson(state, def, row);
  return def.name === "Opportunity" ? renderDeal(state, row) : html``;
}

function find(state: OrgState, id: string): { def: ObjectDef; row: Row } {
  const def = state.schema.findByPrefix(id);
  const row = def && state.table(def.name).get(id);
  if (!def || !row) throw notFound();
  return { def, row };
}

function needObject(state: OrgState, name: string): ObjectDef {
  const def = state.schema.findObject(name);
  if (!def) throw notFound();
  return def;
}

function logCall(state: OrgState, row: Row, form: Form): string {
  const call = { TaskSubtype: "Call", CallType: "Outbound", CallDurationInSeconds: Number(form.minutes || 0) * 60 };
  const done = { Status: firstClosedStatus(state), ActivityDate: formatDate(state.clock.now()) };
  const told = { Subject: form.subject, Description: form.notes, WhoId: row.Id };
  createRecord(state, needObject(state, "Task"), { ...call, ...done, ...told }, makePersonWriter(state));
  return "The call is logged.";
}

function planMeeting(state: OrgState, row: Row, form: Form): string {
  const day = Date.parse(`${form.day}T05:00:00Z`);
  const start = formatStamp(Number.isNaN(day) ? state.clock.now() + 86_400_000 : day);
  const values = { Subject: form.topic, WhoId: row.Id, StartDateTime: start, DurationInMinutes: 60 };
  createRecord(state, needObject(state, "Event"), values, makePersonWriter(state));
  return "The meeting is planned.";
}

function joinCampaign(state: OrgState, row: Row, form: Form): string {
  const person = row.Id.startsWith("00Q") ? { LeadId: row.Id } : { ContactId: row.Id };
  const values = { CampaignId: form.campaign, Status: form.answer, ...person };
  createRecord(state, needObject(state, "CampaignMember"), values, makePersonWriter(state));
  return "Added to the campaign.";
}

/** Mounts `/play/*`: the buttons and forms of `renderPlay`. */
export function mountPlayPages(app: OrgApp, state: OrgState, show: ShowRecord): void {
  const handle = (work: (row: Row, form: Form) => string) => async (c: OrgContext) => {
    const { def, row } = find(state, c.req.param("id") ?? "");
    const sent = await c.req.formData();
    const form: Form = Object.fromEntries([...sent].map(([name, value]) => [name, String(value).trim()]));
    try {
      const note = work(row, form);
      return c.html(show(def, state.table(def.name).get(row.Id) ?? row, { note }));
    } catch (error) {
      if (!(error instanceof SalesforceError)) throw error;
      return c.html(show(def, row, { error: error.message }), 400);
    }
  };
  app.post(
    "/play/call/:id",
    handle((row, form) => logCall(state, row, form)),
  );
  app.post(
    "/play/meeting/:id",
    handle((row, form) => planMeeting(state, row, form)),
  );
  app.post(
    "/play/join/:id",
    handle((row, form) => joinCampaign(state, row, form)),
  );
  app.post(
    "/play/merge/:id",
    handle((row, form) => {
      mergeRecords(state, row.Id, [normaliseId(form.mergedId) ?? ""], makePersonWriter(state));
      return "The records are merged.";
    }),
  );
  app.post(
    "/play/convert/:id",
    handle((row, form) => {
      const opportunityName = form.opportunityName || undefined;
      convertLead(state, { leadId: row.Id, opportunityName }, makePersonWriter(state));
      return "The lead is converted.";
    }),
  );
  app.post("/play/leave/:id", (c) => {
    const { def, row } = find(state, c.req.param("id"));
    deleteRecord(state, def, row.Id, makePersonWriter(state));
    return c.redirect(`/${row.LeadId ?? row.ContactId}`, 303);
  });
  app.post(
    "/play/close/:id",
    handle((row, form) => {
      const values = { StageName: form.stage, CloseDate: formatDate(state.clock.now()) };
      updateRecord(state, needObject(state, "Opportunity"), row.Id, values, makePersonWriter(state));
      return `The deal is closed: ${form.stage}.`;
    }),
  );
}
