import { redirect } from "next/navigation";
import { readPageSession, requirePage } from "@/app/require-page";
import { isAllowed } from "@/lib/access/roles";
import { readCurrentConnection } from "@/lib/sync/current-connection";

/** Where a sign-in leads that was on its way to no page in particular: to the set-up while nothing is connected yet. */
export default async function Page() {
  await requirePage("/start");
  const session = await readPageSession();
  const { turnedOnAt, accounts } = await readCurrentConnection();
  const isEmpty = turnedOnAt === null && !accounts.hubspot && !accounts.salesforce;
  redirect(isEmpty && session && isAllowed(session.role, "configure") ? "/setup" : "/");
}
