/** The closed list of failures (spec E1). Title, what happened and how to fix stand in messages/ under `errors.<type>`. */

export type ErrorCategory =
  | "associations"
  | "custom_code"
  | "duplicates"
  | "permissions"
  | "property_values"
  | "mapping"
  | "record_state"
  | "owner"
  | "limits_and_outages"
  | "authentication";

/** heals: tried again by itself soon · waits: for a change, a Resync, or once a day · suspends: the whole connection pauses */
export type RetryClass = "heals" | "waits" | "suspends";

export const ERROR_CATALOGUE = {
  validation_rule: { category: "custom_code", retry: "waits" },
  flow_or_trigger: { category: "custom_code", retry: "waits" },
  hubspot_validation_rule: { category: "custom_code", retry: "waits" },
  duplicate_rule: { category: "duplicates", retry: "waits" },
  duplicate_value: { category: "duplicates", retry: "waits" },
  email_in_use: { category: "duplicates", retry: "waits" },
  insufficient_access: { category: "permissions", retry: "waits" },
  field_permission: { category: "permissions", retry: "waits" },
  object_permission: { category: "permissions", retry: "suspends" },
  record_type_not_available: { category: "permissions", retry: "waits" },
  required_field_missing: { category: "property_values", retry: "waits" },
  value_too_long: { category: "property_values", retry: "waits" },
  picklist_value_not_found: { category: "property_values", retry: "waits" },
  invalid_email: { category: "property_values", retry: "waits" },
  invalid_format: { category: "property_values", retry: "waits" },
  number_out_of_range: { category: "property_values", retry: "waits" },
  stage_not_mapped: { category: "mapping", retry: "waits" },
  currency_not_available: { category: "mapping", retry: "waits" },
  property_missing: { category: "mapping", retry: "waits" },
  property_read_only: { category: "mapping", retry: "waits" },
  inclusion_list_unusable: { category: "mapping", retry: "waits" },
  association_limit: { category: "associations", retry: "waits" },
  invalid_reference: { category: "associations", retry: "waits" },
  account_in_use: { category: "associations", retry: "waits" },
  record_deleted: { category: "record_state", retry: "waits" },
  campaign_inactive: { category: "record_state", retry: "waits" },
  record_locked: { category: "record_state", retry: "waits" },
  lead_converted: { category: "record_state", retry: "waits" },
  record_merged: { category: "record_state", retry: "waits" },
  owner_inactive: { category: "owner", retry: "waits" },
  owner_not_allowed: { category: "owner", retry: "waits" },
  row_locked: { category: "limits_and_outages", retry: "heals" },
  rate_limited: { category: "limits_and_outages", retry: "heals" },
  unavailable: { category: "limits_and_outages", retry: "heals" },
  answer_lost: { category: "limits_and_outages", retry: "heals" },
  daily_limit_reached: { category: "limits_and_outages", retry: "suspends" },
  allocation_reached: { category: "limits_and_outages", retry: "heals" },
  storage_full: { category: "limits_and_outages", retry: "waits" },
  api_disabled: { category: "authentication", retry: "suspends" },
  sign_in_lost: { category: "authentication", retry: "suspends" },
  scope_missing: { category: "authentication", retry: "suspends" },
  unknown: { category: "custom_code", retry: "waits" },
} as const satisfies Record<string, { category: ErrorCategory; retry: RetryClass }>;

export type ErrorType = keyof typeof ERROR_CATALOGUE;

export const ERROR_TYPES = Object.keys(ERROR_CATALOGUE) as ErrorType[];
