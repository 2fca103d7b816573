import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { AppShell } from "@/components/layout/app-shell";
import { LeaveForSignIn } from "@/components/layout/leave-for-sign-in";
import { readSession } from "@/lib/access/read-session";

/** Every page behind the sign-in. The API checks again on each call; this only spares strangers an empty shell. */
export default async function Layout({ children }: { children: ReactNode }) {
  const head = await headers();
  if (await readSession(head)) return <AppShell>{children}</AppShell>;
  // A layout does not know its address: the proxy may name it, else the browser does
  const path = head.get("x-kakehashi-path");
  if (path) redirect(`/sign-in?next=${encodeURIComponent(path)}`);
  return <LeaveForSignIn />;
}
