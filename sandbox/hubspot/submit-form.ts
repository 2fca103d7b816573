import { validationError } from "./errors";
import type { Submission } from "./form-store";
import type { CrmRecord } from "./record";
import type { HubSpotState } from "./state";
import { checkProperties, createRecord, updateRecord } from "./write-record";

type Values = Record<string, string | number | boolean | null>;

/**
 * Somebody submits a form: the contact of that address is made or changed, the conversion properties move, and the
 * submission is kept. Throws HubSpotError for values that HubSpot refuses.
 */
export function submitForm(
  state: HubSpotState,
  formId: string,
  email: string,
  properties: Values,
  pageUrl: string,
): { contact: CrmRecord; submission: Submission } {
  const { contacts } = state;
  const form = state.forms.get(formId);
  const change = { ...state.makePersonChange("FORM"), sourceId: form.id };
  const known = contacts.findByEmail(email);
  const given = known ? properties : { ...properties, email };
  const values = checkProperties(contacts, known, given, { isOwner: state.isOwner });
  const at = new Date(change.at).toISOString();
  const count = Number(known?.properties.num_conversion_events ?? 0) + 1;
  const isNew = !state.forms.listSubmissions(form.id).some((one) => one.values.some((value) => value.value === email));
  const different = Number(known?.properties.num_unique_conversion_events ?? 0) + (isNew ? 1 : 0);
  const conversion: Record<string, string> = {
    recent_conversion_date: at,
    recent_conversion_event_name: form.name,
    num_conversion_events: String(count),
    num_unique_conversion_events: String(Math.max(1, different)),
    ...(count === 1 ? { first_conversion_date: at, first_conversion_event_name: form.name } : {}),
  };
  const contact = known
    ? updateRecord(contacts, known, { ...values, ...conversion }, change)
    : createRecord(contacts, { ...values, ...conversion }, change);
  const fields = Object.entries({ email, ...properties }).map(([name, value]) => ({
    name,
    value: String(value ?? ""),
    objectTypeId: "0-1",
  }));
  return { contact, submission: state.forms.submit(form.id, fields, pageUrl, change.at) };
}

/** What a form on a web page sends: its fields in a list. Fields that are no contact property are kept only in the submission. */
export function submitFields(
  state: HubSpotState,
  formId: string,
  fields: { name: string; value: string }[],
  pageUrl: string,
): Submission {
  const email = fields.find((one) => one.name === "email")?.value.trim() ?? "";
  state.forms.get(formId);
  if (email === "") {
    throw validationError("The request is not valid", {
      errors: [{ message: "Error in 'fields'. Required field 'email' is missing", code: "REQUIRED_FIELD" }],
    });
  }
  const { schema } = state.contacts;
  const known = fields.filter(({ name }) => name !== "email" && schema.find(name));
  const properties = Object.fromEntries(known.map(({ name, value }) => [name, value]));
  return submitForm(state, formId, email, properties, pageUrl).submission;
}
