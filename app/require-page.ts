import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { readSession } from "@/lib/access/read-session";

/** Who is signed in; read once per request, however many ask. */
export const readPageSession = cache(async () => readSession(await headers()));

type Query = Record<string, string | string[] | undefined>;

/**
 * Sends strangers to the sign-in page, which leads back to exactly this address. Each page names its own `path`, since
 * neither a layout nor a header knows it. The API checks again on each call; this only spares strangers an empty page.
 */
export async function requirePage(path: string, query: Query = {}): Promise<void> {
  if (await readPageSession()) return;
  const params = new URLSearchParams();
  for (const [key, values] of Object.entries(query)) {
    for (const value of [values ?? []].flat()) params.append(key, value);
  }
  const here = params.size > 0 ? `${path}?${params}` : path;
  redirect(`/sign-in?next=${encodeURIComponent(here)}`);
}
