import type { TaskWords } from "@/lib/decide/task-words";
import { CrmCallError } from "../face";
import type { CallSalesforce } from "./call";
import type { SalesforcePaths } from "./paths";
import { queryAll } from "./query";
import { type Row, readValue } from "./record-format";

/** The statuses and priorities of tasks in their order; null where our user may not see them. Throws CrmCallError. */
export async function readTaskWords(call: CallSalesforce, paths: SalesforcePaths): Promise<TaskWords | null> {
  try {
    const [statuses = [], priorities = []] = await queryAll(call, paths, [
      "SELECT Id, ApiName, MasterLabel, IsClosed, IsDefault FROM TaskStatus ORDER BY SortOrder",
      "SELECT Id, ApiName, MasterLabel, IsHighPriority, IsDefault FROM TaskPriority ORDER BY SortOrder",
    ]);
    return {
      statuses: statuses.map((row) => ({ ...toWord(row), isClosed: readValue(row, "IsClosed") === true })),
      priorities: priorities.map((row) => ({ ...toWord(row), isHigh: readValue(row, "IsHighPriority") === true })),
    };
  } catch (error) {
    if (error instanceof CrmCallError && error.failure.code === "INVALID_TYPE") return null;
    throw error;
  }
}

function toWord(row: Row): { value: string; label: string; isDefault: boolean } {
  const label = String(readValue(row, "MasterLabel") ?? "");
  return { value: String(readValue(row, "ApiName") ?? label), label, isDefault: readValue(row, "IsDefault") === true };
}
