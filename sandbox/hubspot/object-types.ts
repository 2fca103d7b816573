/** What the sandbox knows of one CRM object type. */
export type ObjectType = {
  /** Plural path name, e.g. "contacts". */
  readonly name: string;
  /** Upper-case singular, as error messages write it. */
  readonly label: string;
  readonly typeId: string;
  readonly scopes: string;
  readonly modifiedProperty: string;
  readonly defaultProperties: readonly string[];
  /** The properties that a free-text `query` looks into. */
  readonly queryProperties: readonly string[];
  readonly firstId: number;
};

export const CONTACTS: ObjectType = {
  name: "contacts",
  label: "CONTACT",
  typeId: "0-1",
  scopes: "contacts",
  modifiedProperty: "lastmodifieddate",
  defaultProperties: ["createdate", "email", "firstname", "hs_object_id", "lastmodifieddate", "lastname"],
  queryProperties: ["firstname", "lastname", "email", "phone", "hs_additional_emails", "fax", "mobilephone", "company"],
  firstId: 20000000001,
};

export const COMPANIES: ObjectType = {
  name: "companies",
  label: "COMPANY",
  typeId: "0-2",
  scopes: "companies",
  modifiedProperty: "hs_lastmodifieddate",
  defaultProperties: ["createdate", "domain", "hs_lastmodifieddate", "hs_object_id", "name"],
  queryProperties: ["website", "phone", "name", "domain"],
  firstId: 30000000001,
};

export const DEALS: ObjectType = {
  name: "deals",
  label: "DEAL",
  typeId: "0-3",
  scopes: "deals",
  modifiedProperty: "hs_lastmodifieddate",
  defaultProperties: [
    "amount",
    "closedate",
    "createdate",
    "dealname",
    "dealstage",
    "hs_lastmodifieddate",
    "hs_object_id",
    "pipeline",
  ],
  queryProperties: ["dealname", "pipeline", "dealstage", "description", "dealtype"],
  firstId: 40000000001,
};

export const OBJECT_TYPES: readonly ObjectType[] = [CONTACTS, COMPANIES, DEALS];

const BY_SPELLING = new Map(
  OBJECT_TYPES.flatMap((type) => [
    [type.name, type],
    [type.label.toLowerCase(), type],
    [type.typeId, type],
  ]),
);

/** Finds a type by plural, singular (any case) or type id: real clients use all three spellings. */
export function findObjectType(spelling: string): ObjectType | undefined {
  return BY_SPELLING.get(spelling.toLowerCase());
}
