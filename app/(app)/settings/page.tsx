import { redirect } from "next/navigation";
import { readPageSession, requirePage } from "@/app/require-page";
import { isAllowed } from "@/lib/access/roles";

/** The first tab that the person may open. */
export default async function Page() {
  await requirePage("/settings");
  const session = await readPageSession();
  redirect(session && isAllowed(session.role, "administer") ? "/settings/sync" : "/settings/preferences");
}
