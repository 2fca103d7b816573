import type { ReactNode } from "react";
import { readPageSession } from "@/app/require-page";
import { SettingsShell } from "@/components/features/settings/settings-shell";

/** Title and tabs around every settings page. */
export default async function Layout({ children }: { children: ReactNode }) {
  return (await readPageSession()) ? <SettingsShell>{children}</SettingsShell> : children;
}
