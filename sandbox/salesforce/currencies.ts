import type { FieldDef, ObjectJson } from "./schema";
import type { OrgState } from "./state";

/** Objects with amounts, which get a currency of their own with the first further currency. */
const WITH_CURRENCY = ["Lead", "Contact", "Account", "Opportunity", "Campaign"];

const CURRENCY_TYPE: ObjectJson = {
  name: "CurrencyType",
  label: "Currency Type",
  labelPlural: "Currency Types",
  keyPrefix: "01L",
  fixed: true,
  fields: [
    { name: "Id", label: "CurrencyType ID", type: "id", readOnly: true, defaultedOnCreate: true },
    { name: "IsoCode", label: "Currency ISO Code", type: "string", length: 3, nameField: true, readOnly: true },
    { name: "ConversionRate", label: "Conversion Rate", type: "double", precision: 18, scale: 6, readOnly: true },
    { name: "DecimalPlaces", label: "Decimal Places", type: "int", digits: 9, readOnly: true },
    { name: "IsActive", label: "Active", type: "boolean", readOnly: true, defaultedOnCreate: true },
    { name: "IsCorporate", label: "Corporate Currency", type: "boolean", readOnly: true, defaultedOnCreate: true },
    { name: "IsDeleted", label: "Deleted", type: "boolean", readOnly: true, defaultedOnCreate: true },
    { name: "CreatedDate", label: "Created Date", type: "datetime", readOnly: true, defaultedOnCreate: true },
    { name: "CreatedById", label: "Created By ID", type: "reference", referenceTo: ["User"], readOnly: true },
    {
      name: "LastModifiedDate",
      label: "Last Modified Date",
      type: "datetime",
      readOnly: true,
      defaultedOnCreate: true,
    },
    {
      name: "LastModifiedById",
      label: "Last Modified By ID",
      type: "reference",
      referenceTo: ["User"],
      readOnly: true,
    },
    { name: "SystemModstamp", label: "System Modstamp", type: "datetime", readOnly: true, defaultedOnCreate: true },
  ],
};

/**
 * Makes it a multi-currency organisation: the object CurrencyType, and CurrencyIsoCode on every object with amounts. What
 * is there already is in the corporate currency. Salesforce offers no way back.
 */
export function activateCurrencies(state: OrgState, o: { corporate: string; others: string[] }): void {
  const codes = [...new Set([o.corporate, ...o.others])];
  if (!state.schema.findObject(CURRENCY_TYPE.name)) state.addObject(CURRENCY_TYPE);
  const known = new Set([...state.table("CurrencyType").readAll()].map((row) => row.IsoCode));
  for (const IsoCode of codes) {
    if (known.has(IsoCode)) continue;
    const isCorporate = IsoCode === o.corporate;
    state.insertSetupRow("CurrencyType", { IsoCode, IsCorporate: isCorporate, IsActive: true, ConversionRate: 1 });
  }
  for (const name of WITH_CURRENCY) addCurrencyField(state, name, o.corporate, codes);
  state.schema.changedAt = state.clock.now();
  state.touch();
}

function addCurrencyField(state: OrgState, name: string, corporate: string, codes: string[]): void {
  const def = state.schema.findObject(name);
  if (!def) return;
  const field: FieldDef = {
    name: "CurrencyIsoCode",
    label: "Currency ISO Code",
    type: "picklist",
    length: 3,
    picklist: codes,
    restricted: true,
    default: corporate,
    defaultedOnCreate: true,
  };
  def.addField(field);
  for (const row of state.table(name).readAll()) row.CurrencyIsoCode ??= corporate;
}
