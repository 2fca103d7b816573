"use client";

import dynamic from "next/dynamic";
import { Skeleton } from "@/components/ui/skeleton";

/** The account menu comes after the first paint: its popup code (about 50 KB) is not needed to show a page. */
export const AccountMenuButton = dynamic(() => import("./account-menu").then((file) => file.AccountMenu), {
  ssr: false,
  loading: () => <Skeleton className="h-11 w-full rounded-md" />,
});
