import type { FilterBranch } from "./list-filter";
import type { HubSpotState } from "./state";

const USER_ID = 9400002;

function anyOf(property: string, values: string[]): FilterBranch {
  const operation = {
    operationType: "ENUMERATION",
    operator: "IS_ANY_OF",
    values,
    includeObjectsWithNoValueSet: false,
  };
  return {
    filterBranchType: "OR",
    filterBranchOperator: "OR",
    filters: [],
    filterBranches: [
      {
        filterBranchType: "AND",
        filterBranchOperator: "AND",
        filterBranches: [],
        filters: [{ filterType: "PROPERTY", property, operation }],
      },
    ],
  };
}

/** Two active lists, a snapshot and one filled by hand with every ninth of the first contacts. */
export function seedLists(state: HubSpotState): void {
  const objectTypeId = "0-1";
  const customers = anyOf("lifecyclestage", ["customer"]);
  state.lists.create({ name: "Customers", objectTypeId, processingType: "DYNAMIC", filterBranch: customers }, USER_ID);
  const open = anyOf("hs_lead_status", ["NEW", "OPEN", "IN_PROGRESS"]);
  state.lists.create({ name: "Open leads", objectTypeId, processingType: "DYNAMIC", filterBranch: open }, USER_ID);
  const fans = anyOf("lifecyclestage", ["evangelist"]);
  state.lists.create(
    { name: "Evangelists of today", objectTypeId, processingType: "SNAPSHOT", filterBranch: fans },
    USER_ID,
  );
  const fair = state.lists.create({ name: "Trade fair Tokyo", objectTypeId, processingType: "MANUAL" }, USER_ID);
  const { records } = state.contacts.listPage(undefined, 1000, false);
  const picked = records.filter((_, index) => index % 9 === 0).map((record) => record.id);
  state.lists.change(fair.listId, picked, []);
}
