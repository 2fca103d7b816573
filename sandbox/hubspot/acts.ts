import { z } from "zod";
import { type ActDoor, ActError, defineAct } from "../shared/control-routes";
import { makeActivityActs } from "./act-activities";
import { makeListActs } from "./act-lists";
import { makeMarketingActs } from "./act-marketing";
import { makeRecordActs } from "./act-records";
import { makeWebhookActs } from "./act-webhooks";
import { makeCallOutcomeActs } from "./call-outcomes";
import { HubSpotError } from "./errors";
import { eraseForPrivacy, mergeRecords } from "./merge-records";
import type { Change, CrmRecord } from "./record";
import type { HubSpotState } from "./state";
import { submitForm } from "./submit-form";
import { archiveRecord, checkProperties, createRecord, restoreRecord, updateRecord } from "./write-record";

const propertiesSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
const asSchema = z.enum(["user", "import", "otherApp"]).default("user");
const whichSchema = z.strictObject({ id: z.coerce.string().optional(), email: z.string().optional() });
const createSchema = z.strictObject({ properties: propertiesSchema, as: asSchema });
const updateSchema = whichSchema.extend({ properties: propertiesSchema, as: asSchema });
const mergeSchema = z.strictObject({ primaryObjectId: z.coerce.string(), objectIdToMerge: z.coerce.string() });
const formSchema = z.strictObject({
  email: z.string(),
  properties: propertiesSchema.default({}),
  formName: z.string().default("Contact us"),
  formGuid: z.string().optional(),
  pageUrl: z.string().default("https://www.sandbox-portal.example/contact"),
});
const requiredSchema = z.strictObject({ property: z.string(), required: z.boolean().default(true) });
const nothingSchema = z.strictObject({});

/** What a person may write beyond what the API may: second addresses are added on the contact's page. */
const PERSON_UNLOCKED = ["hs_additional_emails"];

/** A contact as acts answer it. */
type ActContact = { id: string; properties: Readonly<Record<string, string>>; archived: boolean };

function showContact({ id, properties, archived }: CrmRecord): ActContact {
  return { id, properties, archived };
}

function makeChange(state: HubSpotState, as: z.output<typeof asSchema>): Change {
  if (as === "import") return { ...state.makePersonChange("IMPORT"), sourceId: "14302289" };
  if (as === "otherApp") {
    const at = state.clock.now();
    return { at, sourceType: "INTEGRATION", sourceId: "3399001", sourceLabel: "Another app", userId: null };
  }
  return state.makePersonChange();
}

function findContact(state: HubSpotState, { id, email }: z.output<typeof whichSchema>): CrmRecord {
  const record = id === undefined ? email && state.contacts.findByEmail(email) : state.contacts.resolve(id);
  if (!record) throw new ActError(`no contact ${id ?? email ?? "(give id or email)"}`);
  return record;
}

/** Creates a contact as a person would. Throws HubSpotError for values that HubSpot refuses. */
export function createAsPerson(
  state: HubSpotState,
  properties: z.output<typeof propertiesSchema>,
  change = state.makePersonChange(),
): CrmRecord {
  const options = { isOwner: state.isOwner, unlocked: PERSON_UNLOCKED };
  return createRecord(state.contacts, checkProperties(state.contacts, undefined, properties, options), change);
}

/** Edits a contact as a person would: the stage may move backwards too. Throws HubSpotError for refused values. */
export function updateAsPerson(
  state: HubSpotState,
  record: CrmRecord,
  properties: z.output<typeof propertiesSchema>,
  change = state.makePersonChange(),
): CrmRecord {
  const options = { isOwner: state.isOwner, unlocked: PERSON_UNLOCKED };
  const values = checkProperties(state.contacts, record, properties, options);
  return updateRecord(state.contacts, record, values, change, true);
}

/** Submits the form of `formGuid`, or of that name. */
function playSubmission(
  state: HubSpotState,
  { email, properties, formName, formGuid, pageUrl }: z.output<typeof formSchema>,
) {
  const form = formGuid === undefined ? state.forms.open(formName, state.clock.now()) : state.forms.get(formGuid);
  const { contact, submission } = submitForm(state, form.id, email, properties, pageUrl);
  return { ...showContact(contact), formGuid: form.id, conversionId: submission.conversionId };
}

/** Lets an act fail with 400 and HubSpot's own words instead of as a fault of the sandbox. */
function guarded<T>(work: (input: T) => unknown): (input: T) => unknown {
  return (input) => {
    try {
      return work(input);
    } catch (error) {
      if (error instanceof HubSpotError) throw new ActError(error.message, error.body);
      throw error;
    }
  };
}

function guardAll(acts: Record<string, ActDoor>): Record<string, ActDoor> {
  return Object.fromEntries(Object.entries(acts).map(([name, act]) => [name, { ...act, run: guarded(act.run) }]));
}

/** Everything that `POST /__sandbox/act` can do here. */
export function makeActs(state: HubSpotState): Record<string, ActDoor> {
  return {
    ...guardAll({
      ...makeRecordActs(state),
      ...makeActivityActs(state),
      ...makeCallOutcomeActs(state),
      ...makeMarketingActs(state),
      ...makeListActs(state),
      ...makeWebhookActs(state),
    }),
    createContact: defineAct(
      createSchema,
      "A person creates a contact",
      guarded(({ properties, as }) => showContact(createAsPerson(state, properties, makeChange(state, as)))),
    ),
    updateContact: defineAct(
      updateSchema,
      "A person edits a contact, found by id or email",
      guarded(({ properties, as, ...which }) =>
        showContact(updateAsPerson(state, findContact(state, which), properties, makeChange(state, as))),
      ),
    ),
    archiveContact: defineAct(whichSchema, "A person deletes a contact (recycle bin)", (which) => {
      archiveRecord(state.contacts, findContact(state, which).id, state.clock.now());
    }),
    restoreContact: defineAct(
      z.strictObject({ id: z.coerce.string() }),
      "A person restores a contact from the recycle bin",
      guarded(({ id }) => {
        const record = restoreRecord(state.contacts, id, state.clock.now());
        if (!record) throw new ActError(`no archived contact ${id}`);
        return showContact(record);
      }),
    ),
    mergeContacts: defineAct(
      mergeSchema,
      "A person merges the second contact into the first",
      guarded(({ primaryObjectId, objectIdToMerge }) =>
        showContact(mergeRecords(state, state.contacts, primaryObjectId, objectIdToMerge, state.makePersonChange())),
      ),
    ),
    gdprDelete: defineAct(
      whichSchema,
      "A person deletes a contact for good, for privacy",
      guarded((which) => ({
        id: eraseForPrivacy(state, state.contacts, findContact(state, which).id, undefined, state.clock.now()),
      })),
    ),
    submitForm: defineAct(
      formSchema,
      "Somebody submits a form: creates or updates the contact of that address",
      guarded((input) => playSubmission(state, input)),
    ),
    setRequiredProperty: defineAct(
      requiredSchema,
      "An administrator makes a contact property required (enforced on API writes too), or no longer",
      guarded(({ property, required }) => state.contacts.schema.setRequired(property, required)),
    ),
    expireTokens: defineAct(nothingSchema, "Every OAuth access token expires now", () => state.oauth.expireAll()),
    revokeTokens: defineAct(nothingSchema, "The app is uninstalled: access and refresh tokens die", () =>
      state.oauth.revokeAll(),
    ),
  };
}
