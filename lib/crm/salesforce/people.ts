import { z } from "zod";
import { nameOfPerson } from "@/lib/decide/person-name";
import type { CrmPerson } from "../face";
import type { CallSalesforce } from "./call";
import type { SalesforcePaths } from "./paths";
import { queryAll } from "./query";
import { type Row, readValue } from "./record-format";

const userInfoSchema = z.looseObject({
  user_id: z.string(),
  organization_id: z.string(),
  preferred_username: z.string(),
});

/**
 * All users, inactive ones included: users are never deleted. Salesforce orders the parts of Name by the locale of the
 * user that we act as, whatever the name. Throws CrmCallError.
 */
export async function listUsers(call: CallSalesforce, paths: SalesforcePaths): Promise<CrmPerson[]> {
  const [rows = []] = await queryAll(call, paths, [
    "SELECT Id, Email, Name, FirstName, LastName, IsActive FROM User ORDER BY Id",
  ]);
  return rows.map((row) => ({
    id: row.Id,
    email: readText(row, "Email"),
    name: nameOfPerson(readText(row, "FirstName"), readText(row, "LastName")) || readText(row, "Name"),
    active: readValue(row, "IsActive") === true,
  }));
}

/** The org and the user that we act as. Throws CrmCallError. */
export async function readAccount(
  call: CallSalesforce,
  paths: SalesforcePaths,
): Promise<{ orgId: string; userId: string; name: string; userName: string }> {
  const user = await readUserInfo(call, paths);
  const [orgs = []] = await queryAll(call, paths, ["SELECT Id, Name FROM Organization"]);
  return {
    orgId: user.organization_id,
    userId: user.user_id,
    name: orgs[0] ? readText(orgs[0], "Name") : user.organization_id,
    userName: user.preferred_username,
  };
}

/** Who the token stands for. Throws CrmCallError. */
export async function readUserInfo(
  call: CallSalesforce,
  paths: SalesforcePaths,
): Promise<z.infer<typeof userInfoSchema>> {
  return call({ method: "GET", path: paths.userInfo, isWrite: false, reply: userInfoSchema });
}

function readText(row: Row, name: string): string {
  const value = readValue(row, name);
  return typeof value === "string" ? value : "";
}
