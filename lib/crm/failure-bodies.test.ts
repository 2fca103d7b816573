import { describe, expect, it } from "vitest";
import { classifyFailure, type RemoteFailure } from "@/lib/decide/classify-error";
import { ERROR_TYPES, type ErrorType } from "@/lib/decide/error-types";
import { translateRefusal as translateHubSpot } from "./hubspot/translate-failure";
import { readRowError } from "./salesforce/bulk-ingest";
import { translateRefusal as translateSalesforce } from "./salesforce/translate-failure";

type Case = { told: string; status: number; body: unknown; type: ErrorType; fields?: string[] };

const values = (error: string, name: string, message = "no") => ({
  status: "error",
  message: `Property values were not valid: [${JSON.stringify({ isValid: false, message, error, name })}]`,
  correlationId: "a43683b0-5717-4ceb-80b4-104d02915d8c",
  category: "VALIDATION_ERROR",
});
const hubspot = (category: string, message: string, more: object = {}) => ({
  status: "error",
  message,
  correlationId: "a43683b0-5717-4ceb-80b4-104d02915d8c",
  category,
  ...more,
});

const HUBSPOT: Case[] = [
  { told: "no such property", status: 400, body: values("PROPERTY_DOESNT_EXIST", "foo"), type: "property_missing" },
  { told: "an address", status: 400, body: values("INVALID_EMAIL", "email"), type: "invalid_email", fields: ["email"] },
  { told: "an option", status: 400, body: values("INVALID_OPTION", "industry"), type: "picklist_value_not_found" },
  { told: "an integer", status: 400, body: values("INVALID_INTEGER", "seats"), type: "invalid_format" },
  { told: "a long", status: 400, body: values("INVALID_LONG", "seats"), type: "invalid_format" },
  { told: "a date", status: 400, body: values("INVALID_DATE", "renewal"), type: "invalid_format" },
  {
    told: "a kind of value that nobody knows yet",
    status: 400,
    body: values("INVALID_SOMETHING_NEW", "renewal"),
    type: "invalid_format",
    fields: ["renewal"],
  },
  { told: "a read-only property", status: 400, body: values("READ_ONLY_VALUE", "x"), type: "property_read_only" },
  { told: "a long text", status: 400, body: values("PROPERTY_VALUE_TOO_LONG", "x"), type: "value_too_long" },
  {
    told: "an owner who left",
    status: 400,
    body: values("INVALID_OWNER_ID", "hubspot_owner_id"),
    type: "owner_inactive",
  },
  {
    told: "a unique value that another record has",
    status: 400,
    body: hubspot("VALIDATION_ERROR", "Cannot set PropertyValueCoordinates{…}. 123 already has that value.", {
      errors: [
        {
          message: "123 already has that value.",
          code: "CONFLICTING_UNIQUE_VALUE",
          context: { propertyName: ["tax_id"] },
        },
      ],
    }),
    type: "duplicate_value",
    fields: ["tax_id"],
  },
  {
    told: "a unique property that is gone",
    status: 400,
    body: hubspot("VALIDATION_ERROR", "Unable to perform update/upsert by non-unique 0-1 property. Property: my_id"),
    type: "property_missing",
    fields: ["my_id"],
  },
  {
    told: "a required property",
    status: 400,
    body: values("MISSING_REQUIRED_PROPERTY", "domain"),
    type: "hubspot_validation_rule",
    fields: ["domain"],
  },
  {
    told: "required properties of a new record",
    status: 400,
    body: hubspot("VALIDATION_ERROR", "Error creating TASK. Some required properties were not set.", {
      context: { properties: ["hs_timestamp"] },
    }),
    type: "hubspot_validation_rule",
    fields: ["hs_timestamp"],
  },
  {
    told: "a contact's address that is taken",
    status: 409,
    body: hubspot("CONFLICT", "Contact already exists. Existing ID: 12345"),
    type: "email_in_use",
  },
  {
    told: "another record's value that is taken",
    status: 409,
    body: hubspot("CONFLICT", "A company with this value already exists"),
    type: "duplicate_value",
  },
  {
    told: "too many associations",
    status: 400,
    body: hubspot("VALIDATION_ERROR", "The maximum number of associations (10000) for this record has been reached"),
    type: "association_limit",
  },
  {
    told: "too many associations by an admin's limit",
    status: 400,
    body: hubspot("VALIDATION_ERROR", "One or more associations are not valid: limit of 1 exceeded for association"),
    type: "association_limit",
  },
  {
    told: "nothing there",
    status: 404,
    body: hubspot("OBJECT_NOT_FOUND", "resource not found"),
    type: "record_deleted",
  },
  {
    told: "no token",
    status: 401,
    body: hubspot("INVALID_AUTHENTICATION", "Authentication credentials not found."),
    type: "sign_in_lost",
  },
  {
    told: "an old token",
    status: 401,
    body: hubspot("EXPIRED_AUTHENTICATION", "The OAuth token used to make this call expired 3 second(s) ago."),
    type: "sign_in_lost",
  },
  {
    told: "a scope",
    status: 403,
    body: hubspot("MISSING_SCOPES", "This app hasn't been granted all required scopes to make this call.", {
      errors: [{ message: "One or more …", context: { requiredGranularScopes: ["crm.objects.deals.write"] } }],
    }),
    type: "scope_missing",
  },
  {
    told: "ten seconds",
    status: 429,
    body: {
      status: "error",
      message: "You have reached your ten_secondly_rolling limit.",
      errorType: "RATE_LIMIT",
      policyName: "TEN_SECONDLY_ROLLING",
    },
    type: "rate_limited",
  },
  {
    told: "a second of search",
    status: 429,
    body: hubspot("RATE_LIMITS", "You have reached your secondly limit."),
    type: "rate_limited",
  },
  {
    told: "a day",
    status: 429,
    body: {
      status: "error",
      message: "You have reached your daily limit.",
      errorType: "RATE_LIMIT",
      policyName: "DAILY",
    },
    type: "daily_limit_reached",
  },
  { told: "a lock", status: 423, body: "locked", type: "row_locked" },
  { told: "a migration", status: 477, body: "moving", type: "unavailable" },
  { told: "an outage page", status: 502, body: "<html><h1>Bad gateway</h1></html>", type: "unavailable" },
];

const one = (errorCode: string, message: string, fields?: string[]) => [
  { message, errorCode, ...(fields ? { fields } : {}) },
];

const SALESFORCE: Case[] = [
  {
    told: "a session",
    status: 401,
    body: one("INVALID_SESSION_ID", "Session expired or invalid"),
    type: "sign_in_lost",
  },
  {
    told: "the org's calls",
    status: 403,
    body: one("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."),
    type: "daily_limit_reached",
  },
  {
    told: "long calls at once",
    status: 403,
    body: one("REQUEST_LIMIT_EXCEEDED", "ConcurrentRequests (Concurrent API Requests) Limit exceeded."),
    type: "rate_limited",
  },
  {
    told: "no API in the org",
    status: 403,
    body: one("API_DISABLED_FOR_ORG", "The REST API is not enabled for this Organization."),
    type: "api_disabled",
  },
  {
    told: "no API for the user",
    status: 403,
    body: one("API_CURRENTLY_DISABLED", "API is disabled for this User"),
    type: "api_disabled",
  },
  {
    told: "a record that is gone",
    status: 404,
    body: one("ENTITY_IS_DELETED", "entity is deleted"),
    type: "record_deleted",
  },
  {
    told: "an external id field that is gone",
    status: 404,
    body: one("NOT_FOUND", "Provided external ID field does not exist or is not accessible: HubSpot_Contact_Id__c"),
    type: "property_missing",
    fields: ["HubSpot_Contact_Id__c"],
  },
  {
    told: "a required field",
    status: 400,
    body: one("REQUIRED_FIELD_MISSING", "Required fields are missing: [LastName]", ["LastName"]),
    type: "required_field_missing",
    fields: ["LastName"],
  },
  {
    told: "an address",
    status: 400,
    body: one("INVALID_EMAIL_ADDRESS", "Email: invalid email address: badone", ["Email"]),
    type: "invalid_email",
    fields: ["Email"],
  },
  {
    told: "a converted lead",
    status: 400,
    body: one("CANNOT_UPDATE_CONVERTED_LEAD", "cannot reference converted lead", []),
    type: "lead_converted",
  },
  {
    told: "a restricted picklist",
    status: 400,
    body: one("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", "Rating: bad value for restricted picklist field: Sunny", [
      "Rating",
    ]),
    type: "picklist_value_not_found",
  },
  {
    told: "a long text",
    status: 400,
    body: one("STRING_TOO_LONG", "Title: data value too large: xyz (max length=128)", ["Title"]),
    type: "value_too_long",
  },
  {
    told: "a validation rule",
    status: 400,
    body: one("FIELD_CUSTOM_VALIDATION_EXCEPTION", "Interns have no budget", []),
    type: "validation_rule",
  },
  {
    told: "a lookup filter",
    status: 400,
    body: one("FIELD_FILTER_VALIDATION_EXCEPTION", "Value does not exist or does not match filter criteria.", ["X__c"]),
    type: "validation_rule",
  },
  {
    told: "a state that is not in the country",
    status: 400,
    body: one("FIELD_INTEGRITY_EXCEPTION", "There's a problem with this state, even though it may appear correct.", []),
    type: "invalid_format",
  },
  {
    told: "a unique field",
    status: 400,
    body: one("DUPLICATE_VALUE", "duplicate value found: Ext__c duplicates value on record with id: 003000000000001"),
    type: "duplicate_value",
  },
  {
    told: "a record type",
    status: 400,
    body: one(
      "INVALID_CROSS_REFERENCE_KEY",
      "Record Type ID: this ID value isn't valid for the user: 012000000000001AAA",
      ["RecordTypeId"],
    ),
    type: "record_type_not_available",
    fields: ["RecordTypeId"],
  },
  {
    told: "a lookup to nobody",
    status: 400,
    body: one("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", ["AccountId"]),
    type: "invalid_reference",
  },
  {
    told: "an id of another kind",
    status: 400,
    body: one("MALFORMED_ID", "Account ID: id value of incorrect type: 003000000000001", ["AccountId"]),
    type: "invalid_reference",
  },
  {
    told: "a parent that is hidden",
    status: 400,
    body: one(
      "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY",
      "insufficient access rights on cross-reference id: 001000000000001",
    ),
    type: "insufficient_access",
  },
  {
    told: "a record that may not be edited",
    status: 400,
    body: one("INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id", []),
    type: "insufficient_access",
  },
  {
    told: "a field that may not be written",
    status: 400,
    body: one(
      "INVALID_FIELD_FOR_INSERT_UPDATE",
      "Unable to create/update fields: Title. Please check the security settings of this field and verify that it is read/write for your profile or permission set.",
      ["Title"],
    ),
    type: "field_permission",
    fields: ["Title"],
  },
  {
    told: "a field that is gone",
    status: 400,
    body: one("INVALID_FIELD", "No such column 'Rank__c' on sobject of type Lead"),
    type: "property_missing",
    fields: ["Rank__c"],
  },
  {
    told: "an object that is hidden",
    status: 400,
    body: one("INVALID_TYPE", "sObject type 'Opportunity' is not supported."),
    type: "object_permission",
  },
  {
    told: "a trigger",
    status: 400,
    body: one("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "LeadTrigger: execution of BeforeUpdate caused by: …", []),
    type: "flow_or_trigger",
  },
  {
    told: "a flow",
    status: 400,
    body: one("CANNOT_EXECUTE_FLOW_TRIGGER", "We can't save this record because the “Route” process failed.", []),
    type: "flow_or_trigger",
  },
  {
    told: "a duplicate rule, with the key as it is spelled",
    status: 400,
    body: [
      {
        duplicateResut: { allowSave: false, duplicateRule: "Standard_Contact_Duplicate_Rule", matchResults: [] },
        errorCode: "DUPLICATES_DETECTED",
        message: "Use one of these records?",
      },
    ],
    type: "duplicate_rule",
  },
  {
    told: "an approval that waits",
    status: 400,
    body: one("ENTITY_IS_LOCKED", "The record you are trying to edit, or one of its related records, is locked.", []),
    type: "record_locked",
  },
  {
    told: "an owner who left",
    status: 400,
    body: one("INACTIVE_OWNER_OR_USER", "operation performed with inactive user [005000000000001] as owner of lead", [
      "OwnerId",
    ]),
    type: "owner_inactive",
  },
  {
    told: "an owner who may not read it",
    status: 400,
    body: one("TRANSFER_REQUIRES_READ", "The new owner must have read permission", ["OwnerId"]),
    type: "owner_not_allowed",
  },
  {
    told: "a lock of a moment",
    status: 400,
    body: one("UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access to this record or 1 records: 001000000000001"),
    type: "row_locked",
  },
  { told: "storage", status: 400, body: one("STORAGE_LIMIT_EXCEEDED", "storage limit exceeded"), type: "storage_full" },
  {
    told: "a slow query",
    status: 400,
    body: one("QUERY_TIMEOUT", "Your query request was running for too long."),
    type: "unavailable",
  },
  { told: "an outage", status: 503, body: one("SERVER_UNAVAILABLE", "try again"), type: "unavailable" },
  {
    told: "their own bug",
    status: 500,
    body: one("UNKNOWN_EXCEPTION", "An unexpected error occurred."),
    type: "unavailable",
  },
];

const SENT = { LastName: "", Title: "xyz" };

function classify(translate: typeof translateHubSpot, { status, body }: Case, isWrite = false) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return classifyFailure(translate({ status, text }, isWrite), SENT);
}

describe("E1: what the vendors really answer has its type, its field and their own words", () => {
  it.each(HUBSPOT)("HubSpot, $told: $type", (one) => {
    const failure = classify(translateHubSpot, one);
    expect(failure).toMatchObject({ type: one.type, side: "hubspot" });
    expect(failure.remoteMessage).not.toBe("");
    if (one.fields) expect(failure.fields.map(({ field }) => field)).toEqual(one.fields);
  });

  it.each(SALESFORCE)("Salesforce, $told: $type", (one) => {
    const failure = classify(translateSalesforce, one);
    expect(failure).toMatchObject({ type: one.type, side: "salesforce" });
    expect(failure.remoteMessage).not.toBe("");
    if (one.fields) expect(failure.fields.map(({ field }) => field)).toEqual(one.fields);
  });

  it("the same words in a bulk job's row", () => {
    const failure = readRowError("REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName --");
    expect(classifyFailure(failure, SENT)).toMatchObject({
      type: "required_field_missing",
      fields: [{ field: "LastName", value: "" }],
      remoteMessage: "Required fields are missing: [LastName]",
    });
  });

  it("no type of the closed list is one that nothing leads to", () => {
    const told = [...HUBSPOT, ...SALESFORCE].map(({ type }) => type);
    // What the engine finds out before it asks, and what is no answer at all.
    const own: ErrorType[] = [
      ...(["stage_not_mapped", "currency_not_available", "inclusion_list_unusable", "campaign_inactive"] as const),
      ...(["allocation_reached", "answer_lost", "record_merged", "number_out_of_range"] as const),
      ...(["account_in_use", "unknown"] as const),
    ];
    expect(ERROR_TYPES.filter((type) => !told.includes(type) && !own.includes(type))).toEqual([]);
    const unknown: RemoteFailure = {
      side: "salesforce",
      status: 400,
      code: "BRAND_NEW",
      message: "?",
      fields: [],
      uncertain: false,
    };
    expect(classifyFailure(unknown, {}).type).toBe("unknown");
  });
});
