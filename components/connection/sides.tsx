"use client";

import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import type { ConnectionView } from "@/lib/contracts/connection";
import { BridgeMiddle } from "./bridge-middle";
import { SideCard } from "./side-card";

const GRID = "grid items-stretch gap-3 xl:grid-cols-[minmax(0,1fr)_152px_minmax(0,1fr)] xl:gap-0";

/** The two accounts with the bridge between them. */
export function Sides({ connection, mayEdit }: { connection: ConnectionView; mayEdit: boolean }) {
  return (
    <div className={GRID}>
      <SideCard side="hubspot" connection={connection} mayEdit={mayEdit} />
      <BridgeMiddle connection={connection} mayEdit={mayEdit} />
      <SideCard side="salesforce" connection={connection} mayEdit={mayEdit} />
    </div>
  );
}

export function SidesSkeleton() {
  return (
    <div aria-busy="true" className={GRID}>
      {["hubspot", "salesforce"].map((side) => (
        <Card key={side} className="flex h-60 flex-col gap-3 p-4 last:xl:col-start-3">
          <Skeleton className="h-4 w-24" />
          <Skeleton className="h-6 w-48" />
        </Card>
      ))}
    </div>
  );
}
