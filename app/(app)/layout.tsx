import type { ReactNode } from "react";
import { readPageSession } from "@/app/require-page";
import { AppShell } from "@/components/layout/app-shell";
import { viewMe } from "@/lib/server/view-me";

/** Every page behind the sign-in. Without one there is no shell: the page itself leads to the sign-in. */
export default async function Layout({ children }: { children: ReactNode }) {
  const session = await readPageSession();
  return session ? <AppShell me={viewMe(session)}>{children}</AppShell> : children;
}
