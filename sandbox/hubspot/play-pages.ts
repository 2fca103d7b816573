import type { Hono } from "hono";
import { ActError } from "../shared/control-routes";
import { html, type Markup, renderField, renderForm, renderMoment, renderTable } from "../shared/html";
import { makeActivityActs } from "./act-activities";
import { makeListActs } from "./act-lists";
import { makeMarketingActs } from "./act-marketing";
import { HubSpotError } from "./errors";
import type { HubSpotEnv } from "./http";
import { CONTACTS } from "./object-types";
import { answerMissing, answerPage, explain, linkTo, PAGE_SIZE, readForm, redirect } from "./page-kit";
import type { HubSpotState } from "./state";
import { submitFields } from "./submit-form";

type Play = { action: string; label: string; fields: [name: string, label: string, value: string][] };

/** What can be done about a contact on its page; texts in the fields are what the act takes. */
const PLAYS: readonly Play[] = [
  {
    action: "sendMarketingEmail",
    label: "Send marketing email",
    fields: [["emailName", "Newsletter", "Autumn newsletter"]],
  },
  { action: "openMarketingEmail", label: "Contact opens it", fields: [] },
  {
    action: "clickMarketingEmail",
    label: "Contact clicks a link",
    fields: [["url", "Link", "https://www.sandbox-portal.example/offer"]],
  },
  { action: "sendSalesEmail", label: "Send sales email", fields: [["subject", "Subject", "Following up"]] },
  { action: "openSalesEmail", label: "Contact opens it", fields: [] },
  { action: "clickSalesEmail", label: "Contact clicks it", fields: [] },
  { action: "scheduleMeeting", label: "Book a meeting", fields: [["title", "Meeting", "Introduction"]] },
  {
    action: "logCall",
    label: "Log a call",
    fields: [
      ["title", "Call", "Call"],
      ["body", "Notes", "Talked about the offer."],
    ],
  },
  { action: "addNote", label: "Add a note", fields: [["body", "Note", "Met at the trade fair."]] },
  { action: "createTask", label: "Create a task", fields: [["subject", "Task", "Send the offer"]] },
  { action: "viewDocument", label: "Contact views a document", fields: [["document", "Document", "Price list 2026"]] },
];

/** The forms by which a person acts on a contact. */
export function renderPlays(contactId: string): Markup {
  const forms = PLAYS.map(
    ({ action, label, fields }) => html`<form class="row" method="post" action="/play/${action}">
<input type="hidden" name="id" value="${contactId}">${fields.map(
      ([name, title, value]) =>
        html`<div><label for="p-${action}-${name}">${title}</label><input id="p-${action}-${name}" name="${name}" value="${value}"></div>`,
    )}<button type="submit">${label}</button></form>`,
  );
  return html`<h2>Play</h2><section class="card plays">${forms}</section>`;
}

function mountPlays(app: Hono<HubSpotEnv>, state: HubSpotState): void {
  app.post("/play/:action", async (c) => {
    const doors = { ...makeActivityActs(state), ...makeMarketingActs(state) };
    const action = c.req.param("action");
    const door = Object.hasOwn(doors, action) ? doors[action] : undefined;
    const input = door?.schema.safeParse(await readForm(c.req.raw));
    const id = (input?.data as { id?: string } | undefined)?.id;
    if (!door || !input?.success || id === undefined) return answerMissing("action");
    const back = linkTo(CONTACTS, id);
    try {
      await door.run(input.data);
      return redirect(`${back}?saved=1`);
    } catch (error) {
      if (!(error instanceof ActError) && !(error instanceof HubSpotError)) throw error;
      return redirect(`${back}?failed=${encodeURIComponent(error.message)}`);
    }
  });
}

function showForms(state: HubSpotState, note?: string, error?: string): Response {
  const forms = state.forms.list().map((form) => {
    const fields = form.fieldGroups.flatMap((group) => group.fields);
    const inputs = fields.map(({ name, label, required }) => renderField({ name, label, required, form: form.id }));
    const { length } = state.forms.listSubmissions(form.id);
    return html`<h2>${form.name}</h2><p class="muted">${form.id} · ${length} submissions</p>
${renderForm({ action: `/forms/${form.id}`, fields: inputs, submit: "Submit as a visitor" })}`;
  });
  return answerPage({ title: "Forms", path: "/forms", note, error, body: html`${forms}` }, error ? 400 : 200);
}

function mountFormPages(app: Hono<HubSpotEnv>, state: HubSpotState): void {
  app.get("/forms", (c) => showForms(state, c.req.query("saved") ? "Submitted" : undefined));
  app.post("/forms/:id", async (c) => {
    const given = Object.entries(await readForm(c.req.raw)).filter(([, value]) => value !== "");
    const fields = given.map(([name, value]) => ({ name, value }));
    try {
      submitFields(state, c.req.param("id"), fields, "https://www.sandbox-portal.example/");
      return redirect("/forms?saved=1");
    } catch (error) {
      return showForms(state, undefined, explain(error));
    }
  });
}

function showLists(state: HubSpotState): Response {
  const rows = state.lists
    .all()
    .map((list) => [
      html`<a href="/lists/${list.listId}">${list.name}</a>`,
      list.processingType === "DYNAMIC" ? "Active" : list.processingType === "MANUAL" ? "Manual" : "Snapshot",
      state.lists.membersOf(list.listId).size,
      renderMoment(list.updatedAt),
    ]);
  const body = renderTable(["Name", "Kind", "Members", "Changed"], rows);
  return answerPage({ title: "Lists", path: "/lists", body });
}

function showList(state: HubSpotState, listId: string, error?: string): Response {
  const list = state.lists.all().find((one) => one.listId === listId);
  if (!list) return answerMissing("list");
  const members = [...state.lists.membersOf(listId)].reverse();
  const rows = members.slice(0, PAGE_SIZE).map(([id, at]) => {
    const { email, firstname, lastname } = state.contacts.find(id)?.properties ?? {};
    const name = [firstname, lastname].filter(Boolean).join(" ") || id;
    return [html`<a href="${linkTo(CONTACTS, id)}">${name}</a>`, email, renderMoment(at)];
  });
  const add = html`<form class="row" method="post" action="/lists/${listId}"><div><label for="email">Contact's email</label>
<input id="email" name="email" type="email" required></div><button name="action" value="addToList">Add</button>
<button name="action" value="removeFromList">Remove</button></form>`;
  const body = html`<p class="muted">${members.length} members, the last to join first</p>
${list.processingType === "DYNAMIC" ? html`<p>Members follow the list's filters.</p>` : add}
${renderTable(["Name", "Email", "Joined"], rows)}`;
  return answerPage({ title: list.name, path: "/lists", error, body }, error ? 400 : 200);
}

function mountListPages(app: Hono<HubSpotEnv>, state: HubSpotState): void {
  app.get("/lists", () => showLists(state));
  app.get("/lists/:id", (c) => showList(state, c.req.param("id")));
  app.post("/lists/:id", async (c) => {
    const listId = c.req.param("id");
    const { action = "", email } = await readForm(c.req.raw);
    const doors = makeListActs(state);
    const door = action === "addToList" || action === "removeFromList" ? doors[action] : undefined;
    try {
      await door?.run({ listId, email });
      return redirect(`/lists/${listId}`);
    } catch (error) {
      return showList(state, listId, error instanceof ActError ? error.message : explain(error));
    }
  });
}

/** Mounts what a person plays beside editing: activities, forms and lists. */
export function mountPlayPages(app: Hono<HubSpotEnv>, state: HubSpotState): void {
  mountPlays(app, state);
  mountFormPages(app, state);
  mountListPages(app, state);
}
