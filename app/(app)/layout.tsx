import type { ReactNode } from "react";
import { readPageSession } from "@/app/require-page";
import { AppShell } from "@/components/layout/app-shell";

/** Every page behind the sign-in. Without one there is no shell: the page itself leads to the sign-in. */
export default async function Layout({ children }: { children: ReactNode }) {
  return (await readPageSession()) ? <AppShell>{children}</AppShell> : children;
}
