import { ERROR_CATALOGUE, type ErrorCategory, type ErrorType, type RetryClass } from "./error-types";
import type { RawValue, Side, Values } from "./record-types";

/** A refusal as the adapters tell it: the vendor's own code and words, unchanged. */
export type RemoteFailure = {
  side: Side;
  /** HTTP status of the whole call, 0 when no answer came, 200 for a record refused inside an accepted batch */
  status: number;
  /** Salesforce statusCode/errorCode, HubSpot category or property error code; "" when none */
  code: string;
  message: string;
  fields: string[];
  /** The write may have happened although no good answer came */
  uncertain: boolean;
};

/** The error object of card, page, API and CSV alike (spec E2). */
export type SyncFailure = {
  type: ErrorType;
  category: ErrorCategory;
  retry: RetryClass;
  side: Side;
  fields: { field: string; value: RawValue }[];
  remoteCode: string;
  remoteMessage: string;
};

const SALESFORCE_CODES: Record<string, ErrorType> = {
  FIELD_CUSTOM_VALIDATION_EXCEPTION: "validation_rule",
  FIELD_FILTER_VALIDATION_EXCEPTION: "validation_rule",
  CANNOT_EXECUTE_FLOW_TRIGGER: "flow_or_trigger",
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: "flow_or_trigger",
  DUPLICATES_DETECTED: "duplicate_rule",
  DUPLICATE_VALUE: "duplicate_value",
  DUPLICATE_EXTERNAL_ID: "duplicate_value",
  MULTIPLE_CHOICES: "duplicate_value",
  INSUFFICIENT_ACCESS_OR_READONLY: "insufficient_access",
  INSUFFICIENT_ACCESS: "object_permission",
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: "insufficient_access",
  INVALID_FIELD_FOR_INSERT_UPDATE: "field_permission",
  INVALID_TYPE: "object_permission",
  REQUIRED_FIELD_MISSING: "required_field_missing",
  STRING_TOO_LONG: "value_too_long",
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: "picklist_value_not_found",
  INVALID_EMAIL_ADDRESS: "invalid_email",
  NUMBER_OUTSIDE_VALID_RANGE: "number_out_of_range",
  INVALID_TYPE_ON_FIELD_IN_RECORD: "invalid_format",
  JSON_PARSER_ERROR: "invalid_format",
  FIELD_INTEGRITY_EXCEPTION: "invalid_format",
  INVALID_FIELD: "property_missing",
  INVALID_CROSS_REFERENCE_KEY: "invalid_reference",
  MALFORMED_ID: "invalid_reference",
  CIRCULAR_DEPENDENCY: "invalid_reference",
  ENTITY_IS_DELETED: "record_deleted",
  NOT_FOUND: "record_deleted",
  CAMPAIGN_INACTIVE: "campaign_inactive",
  CANNOT_UPDATE_CONVERTED_LEAD: "lead_converted",
  ENTITY_IS_LOCKED: "record_locked",
  INACTIVE_OWNER_OR_USER: "owner_inactive",
  TRANSFER_REQUIRES_READ: "owner_not_allowed",
  OP_WITH_INVALID_USER_TYPE_EXCEPTION: "owner_not_allowed",
  UNABLE_TO_LOCK_ROW: "row_locked",
  SERVER_UNAVAILABLE: "unavailable",
  UNKNOWN_EXCEPTION: "unavailable",
  QUERY_TIMEOUT: "unavailable",
  REQUEST_RUNNING_TOO_LONG: "unavailable",
  REQUEST_LIMIT_EXCEEDED: "daily_limit_reached",
  ALLOCATION_REACHED: "allocation_reached",
  STORAGE_LIMIT_EXCEEDED: "storage_full",
  API_DISABLED_FOR_ORG: "api_disabled",
  API_CURRENTLY_DISABLED: "api_disabled",
  STAGE_NOT_MAPPED: "stage_not_mapped",
  CURRENCY_NOT_AVAILABLE: "currency_not_available",
  NOT_A_VALUE: "invalid_format",
  ACCOUNT_IN_USE: "account_in_use",
  INVALID_SESSION_ID: "sign_in_lost",
  invalid_grant: "sign_in_lost",
};

const HUBSPOT_CODES: Record<string, ErrorType> = {
  CONFLICT: "email_in_use",
  INVALID_EMAIL: "invalid_email",
  INVALID_OPTION: "picklist_value_not_found",
  INVALID_INTEGER: "invalid_format",
  INVALID_LONG: "invalid_format",
  INVALID_DATE: "invalid_format",
  READ_ONLY_VALUE: "property_read_only",
  PROPERTY_DOESNT_EXIST: "property_missing",
  PROPERTY_VALUE_TOO_LONG: "value_too_long",
  CONFLICTING_UNIQUE_VALUE: "duplicate_value",
  INVALID_OWNER_ID: "owner_inactive",
  MISSING_REQUIRED_PROPERTY: "hubspot_validation_rule",
  MISSING_CONDITIONAL_REQUIRED_PROPERTY: "hubspot_validation_rule",
  OBJECT_NOT_FOUND: "record_deleted",
  INVALID_AUTHENTICATION: "sign_in_lost",
  EXPIRED_AUTHENTICATION: "sign_in_lost",
  BAD_REFRESH_TOKEN: "sign_in_lost",
  invalid_grant: "sign_in_lost",
  MISSING_SCOPES: "scope_missing",
  RATE_LIMITS: "rate_limited",
  RATE_LIMIT: "rate_limited",
  DAILY: "daily_limit_reached",
  TEN_SECONDLY_ROLLING: "rate_limited",
  STAGE_NOT_MAPPED: "stage_not_mapped",
  CURRENCY_NOT_AVAILABLE: "currency_not_available",
  NOT_A_VALUE: "invalid_format",
  NOT_RETURNED: "record_merged",
};

/** E1. `sent` are the values of the refused write, so that the card can show the value at fault. */
export function classifyFailure(failure: RemoteFailure, sent: Values): SyncFailure {
  const type = typeOf(failure);
  return {
    type,
    category: ERROR_CATALOGUE[type].category,
    retry: ERROR_CATALOGUE[type].retry,
    side: failure.side,
    fields: fieldsAtFault(failure, sent),
    remoteCode: failure.code,
    remoteMessage: failure.message,
  };
}

/** Failures of no single record: all work ends, what is claimed stays due and nothing is noted against it. */
export function stopsAll(failure: SyncFailure): boolean {
  return failure.retry === "suspends" || failure.type === "allocation_reached";
}

/** One code for several things: the words of the message tell which is meant. The first that fits counts. */
const BY_WORDS: { side: Side; codes: string[]; words: RegExp; type: ErrorType }[] = [
  // An object in which our user may create nothing has the code of the automations.
  {
    side: "salesforce",
    codes: ["CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY"],
    words: /entity type cannot be/i,
    type: "object_permission",
  },
  { side: "salesforce", codes: ["REQUEST_LIMIT_EXCEEDED"], words: /concurrent/i, type: "rate_limited" },
  // The field by which an upsert finds its record, gone or hidden, has the code of a record that is gone.
  { side: "salesforce", codes: ["NOT_FOUND"], words: /external id field does not exist/i, type: "property_missing" },
  {
    side: "salesforce",
    codes: ["INVALID_CROSS_REFERENCE_KEY"],
    words: /isn.t valid for the user/i,
    type: "record_type_not_available",
  },
  // State and country picklists refuse a name that they do not have.
  {
    side: "salesforce",
    codes: ["FIELD_INTEGRITY_EXCEPTION"],
    words: /list of valid (states|countries)/i,
    type: "picklist_value_not_found",
  },
  // The property by which an upsert finds its record, gone or no longer unique.
  { side: "hubspot", codes: ["VALIDATION_ERROR"], words: /by non-unique .*property/i, type: "property_missing" },
  // HubSpot publishes no code for it.
  {
    side: "hubspot",
    codes: ["VALIDATION_ERROR", "ASSOCIATION_LIMIT_EXCEEDED", "LIMIT_EXCEEDED", "CONFLICT"],
    words: /associat.*(limit|maximum|exceed|too many)|(limit|maximum|exceed|too many).*associat/is,
    type: "association_limit",
  },
  {
    side: "hubspot",
    codes: ["VALIDATION_ERROR"],
    words: /required propert(y|ies)\b.*not set/i,
    type: "hubspot_validation_rule",
  },
  // Contacts are the only ones with an address of their own; other records conflict in a unique property.
  { side: "hubspot", codes: ["CONFLICT"], words: /^(?!.*\bcontact\b).+/is, type: "duplicate_value" },
];

function typeOf(failure: RemoteFailure): ErrorType {
  const { side, code, message } = failure;
  const told = BY_WORDS.find((one) => one.side === side && one.codes.includes(code) && one.words.test(message));
  if (told) return told.type;
  const known = (side === "salesforce" ? SALESFORCE_CODES : HUBSPOT_CODES)[code];
  if (known !== undefined) return known;
  if (failure.uncertain) return "answer_lost";
  if (failure.status === 401) return "sign_in_lost";
  if (failure.status === 429) return "rate_limited";
  // 423 record locked, 477 migration, 5xx outages: HubSpot's documented retryable answers; 0 = no answer at all.
  if (failure.status === 423) return "row_locked";
  if (failure.status === 0 || failure.status === 477 || failure.status >= 500) return "unavailable";
  // Whatever HubSpot calls it: a refusal that names properties is about their values.
  const isAboutValues = side === "hubspot" && (code === "VALIDATION_ERROR" || failure.fields.length > 0);
  return isAboutValues ? "invalid_format" : "unknown";
}

function fieldsAtFault(failure: RemoteFailure, sent: Values): { field: string; value: RawValue }[] {
  const named = failure.fields.length > 0 ? failure.fields : fieldsNamedIn(failure.message, sent);
  return [...new Set(named)].map((field) => ({ field, value: sent[field] ?? null }));
}

/** Some refusals name the value but not the field ("… : V (max length=80)"): find the sent field that holds it. */
function fieldsNamedIn(message: string, sent: Values): string[] {
  return Object.entries(sent)
    .filter(([, value]) => typeof value === "string" && value.length >= 3 && message.includes(value))
    .map(([field]) => field);
}
