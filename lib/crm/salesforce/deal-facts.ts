import type { RecordType, SalesforceStage } from "@/lib/decide/map-stages";
import { CrmCallError } from "../face";
import type { CallSalesforce } from "./call";
import type { SalesforcePaths } from "./paths";
import { queryAll } from "./query";
import { type Row, readValue } from "./record-format";

/** The rows of OpportunityStage in their order, inactive ones included, and the active record types. Throws CrmCallError. */
export async function readOpportunitySetup(
  call: CallSalesforce,
  paths: SalesforcePaths,
): Promise<{ stages: SalesforceStage[]; recordTypes: RecordType[] }> {
  const [stages = [], types = []] = await queryAll(call, paths, [
    "SELECT Id, ApiName, MasterLabel, DefaultProbability, IsClosed, IsWon, IsActive FROM OpportunityStage ORDER BY SortOrder",
    "SELECT Id, Name FROM RecordType WHERE SobjectType = 'Opportunity' AND IsActive = true ORDER BY Name",
  ]);
  return {
    stages: stages.map(toStage),
    recordTypes: types.map((row) => ({
      id: String(readValue(row, "Id") ?? ""),
      name: String(readValue(row, "Name") ?? ""),
    })),
  };
}

function toStage(row: Row): SalesforceStage {
  return {
    name: String(readValue(row, "ApiName") ?? readValue(row, "MasterLabel") ?? ""),
    label: String(readValue(row, "MasterLabel") ?? ""),
    probability: Number(readValue(row, "DefaultProbability") ?? 0),
    isClosed: readValue(row, "IsClosed") === true,
    isWon: readValue(row, "IsWon") === true,
    isActive: readValue(row, "IsActive") === true,
  };
}

/**
 * The currencies of a multi-currency org; null for an org with one currency, which does not have the object and tells
 * its currency nowhere in the REST API. Throws CrmCallError.
 */
export async function readCurrencies(
  call: CallSalesforce,
  paths: SalesforcePaths,
): Promise<{ corporate: string; active: string[] } | null> {
  try {
    const [rows = []] = await queryAll(call, paths, ["SELECT Id, IsoCode, IsCorporate, IsActive FROM CurrencyType"]);
    const active = rows.filter((row) => readValue(row, "IsActive") === true);
    const corporate = active.find((row) => readValue(row, "IsCorporate") === true);
    const codeOf = (row: (typeof rows)[number]) => String(readValue(row, "IsoCode") ?? "");
    return corporate ? { corporate: codeOf(corporate), active: active.map(codeOf) } : null;
  } catch (error) {
    if (error instanceof CrmCallError && error.failure.code === "INVALID_TYPE") return null;
    throw error;
  }
}
