import {
  type FieldOptions,
  html,
  type Markup,
  renderField,
  renderMoment,
  renderPage,
  renderTable,
} from "../shared/html";
import { isSettable } from "./records";
import type { FieldDef, ObjectDef } from "./schema";
import type { OrgState } from "./state";
import type { Row } from "./table";

const NAV = [
  { href: "/?object=Lead", label: "Leads" },
  { href: "/?object=Contact", label: "Contacts" },
  { href: "/?object=Account", label: "Accounts" },
  { href: "/?object=Opportunity", label: "Opportunities" },
  { href: "/?object=Campaign", label: "Campaigns" },
  { href: "/new/Lead", label: "New lead" },
  { href: "/new/Contact", label: "New contact" },
  { href: "/setup", label: "Setup" },
  { href: "/calls", label: "API calls" },
];

/** The fields of the edit forms, in the order of the page; custom fields follow. */
const MAIN_FIELDS: Record<string, string[]> = {
  Lead: [
    ...[
      "Salutation",
      "FirstName",
      "LastName",
      "Company",
      "Title",
      "Email",
      "Phone",
      "MobilePhone",
      "Website",
      "LeadSource",
    ],
    ...[
      "Status",
      "Industry",
      "Rating",
      "NumberOfEmployees",
      "AnnualRevenue",
      "Street",
      "City",
      "State",
      "PostalCode",
      "Country",
    ],
    ...["OwnerId", "HasOptedOutOfEmail", "Description"],
  ],
  Contact: [
    ...[
      "Salutation",
      "FirstName",
      "LastName",
      "AccountId",
      "Title",
      "Department",
      "Email",
      "Phone",
      "MobilePhone",
      "LeadSource",
    ],
    ...[
      "MailingStreet",
      "MailingCity",
      "MailingState",
      "MailingPostalCode",
      "MailingCountry",
      "OwnerId",
      "HasOptedOutOfEmail",
      "Description",
    ],
  ],
  Account: [
    "Name",
    "Type",
    "Industry",
    "Phone",
    "Website",
    "NumberOfEmployees",
    "AnnualRevenue",
    "BillingCity",
    "BillingCountry",
    "OwnerId",
  ],
  Opportunity: [
    ...["Name", "AccountId", "StageName", "Amount", "CloseDate", "Probability", "Type", "LeadSource", "NextStep"],
    ...["OwnerId", "Description"],
  ],
  Campaign: ["Name", "Type", "Status", "StartDate", "EndDate", "IsActive", "OwnerId", "Description"],
};

/** The objects that have pages. */
export const PAGE_OBJECTS = Object.keys(MAIN_FIELDS);

/** The person plays with an administrator's eyes: what a field permission hides from the integration is shown here. */
export function listFormFields(def: ObjectDef): FieldDef[] {
  const main = (MAIN_FIELDS[def.name] ?? []).map((name) => def.findField(name)).filter((field) => field !== undefined);
  const custom = def.fields.filter((field) => field.name.endsWith("__c") && field.formula === undefined);
  return [...main, ...custom];
}

/** Labels as the real pages have them. */
export function labelField(field: FieldDef): string {
  if (field.name === "OwnerId") return "Owner";
  return field.name === "AccountId" ? "Account" : field.label;
}

function listChoices(state: OrgState, field: FieldDef, value: unknown): FieldOptions["options"] {
  const none = { value: "", label: "--None--" };
  if (field.name === "OwnerId") {
    const people = [
      ...state.table("User").readAll(),
      ...(field.referenceTo?.includes("Group") ? state.table("Group").readAll() : []),
    ];
    return people.map((row) => ({
      value: row.Id,
      label: `${row.Name}${row.IsActive === false && row.Id.startsWith("005") ? " (inactive)" : ""}`,
    }));
  }
  if (field.name === "AccountId") {
    const accounts = [...state.table("Account").readAll()].filter((row) => !row.IsDeleted).slice(0, 500);
    const options = accounts.map((row) => ({ value: row.Id, label: String(row.Name) }));
    if (value && !options.some((option) => option.value === value))
      options.push({ value: String(value), label: String(value) });
    return [none, ...options];
  }
  const values = field.picklist ?? [];
  // A value that is not in an unrestricted list must stay selectable, or saving would lose it.
  const all = typeof value === "string" && value !== "" && !values.includes(value) ? [...values, value] : values;
  return [none, ...all.map((choice) => ({ value: choice, label: choice }))];
}

function renderType(field: FieldDef): FieldOptions["type"] {
  if (field.type === "picklist" || field.name === "OwnerId" || field.name === "AccountId") return "select";
  if (field.type === "textarea") return "textarea";
  if (field.type === "boolean") return "checkbox";
  return field.type === "date" ? "date" : "text";
}

const LIST_HEADS: Record<string, string[]> = {
  Opportunity: ["Name", "Account", "Stage", "Amount", "Close date", "Owner", "Last modified"],
  Campaign: ["Name", "Type", "Status", "Leads", "Contacts", "Owner", "Last modified"],
};

/** The columns of an object's list: heads, and the cells of a row between its name and its owner. */
export function listColumns(state: OrgState, def: ObjectDef): { heads: string[]; read(row: Row): unknown[] } {
  const account = (row: Row) => state.table("Account").get(String(row.AccountId))?.Name;
  const heads = LIST_HEADS[def.name] ?? ["Name", "Company", "Title", "Email", "Phone", "Owner", "Last modified"];
  if (def.name === "Opportunity")
    return { heads, read: (row) => [account(row), row.StageName, row.Amount, row.CloseDate] };
  if (def.name === "Campaign")
    return { heads, read: (row) => [row.Type, row.Status, row.NumberOfLeads ?? 0, row.NumberOfContacts ?? 0] };
  const company = (row: Row) => (def.name === "Contact" ? account(row) : row.Company);
  return {
    heads,
    read: (row) => [
      company(row),
      row.Title ?? row.Industry,
      row.Email ?? row.Website,
      html`<span class="nowrap">${row.Phone}</span>`,
    ],
  };
}

/** The inputs of a form; `values` are a row's or those just entered. */
export function renderInputs(state: OrgState, def: ObjectDef, values: Record<string, unknown>): Markup[] {
  return listFormFields(def).map((field) =>
    renderField({
      label: labelField(field),
      name: field.name,
      value: values[field.name],
      type: renderType(field),
      options: listChoices(state, field, values[field.name]),
    }),
  );
}

/** What a form sent, as record fields: a checkbox that is not sent is false; only values that differ from `row` are kept. */
export function readForm(def: ObjectDef, form: FormData, row?: Row): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const field of listFormFields(def)) {
    const sent = form.get(field.name);
    const value =
      field.type === "boolean" ? sent === "true" : typeof sent === "string" ? sent.replace(/\r\n/g, "\n") : undefined;
    if (value === undefined) continue;
    const known = row ? (row[field.name] ?? (field.type === "boolean" ? false : "")) : "";
    if (String(known) === String(value)) continue;
    if (isSettable(def, field.name, row ? "update" : "insert")) fields[field.name] = value;
  }
  return fields;
}

/** A page of this organisation with its navigation. */
export function renderOrgPage(o: {
  title: string;
  path: string;
  body: Markup;
  error?: string | undefined;
  note?: string | undefined;
}): string {
  return renderPage({ product: "Salesforce", subtitle: "Sandbox organisation", nav: NAV, ...o });
}

export function linkRecord(def: ObjectDef, row: Row, text: unknown = row.Name): Markup {
  return html`<a href="/lightning/r/${def.name}/${row.Id}/view">${text || row.Id}</a>`;
}

/** The read-only facts below a record's form. */
export function renderFacts(state: OrgState, row: Row): Markup {
  const user = (id: unknown) => state.table("User").get(String(id))?.Name ?? id;
  const facts: [string, unknown][] = [
    ["Record ID", row.Id],
    ["Created", html`${renderMoment(row.CreatedDate)} by ${user(row.CreatedById)}`],
    ["Last modified", html`${renderMoment(row.LastModifiedDate)} by ${user(row.LastModifiedById)}`],
  ];
  if (row.IsConverted === true) {
    const contact = html`<a href="/lightning/r/Contact/${row.ConvertedContactId}/view">contact</a>`;
    facts.push(["Converted", html`${row.ConvertedDate} to ${contact}`]);
  }
  return html`<h2>System information</h2>${renderTable(["Field", "Value"], facts)}`;
}
