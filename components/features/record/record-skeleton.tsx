import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { TimelineSkeleton } from "./timeline";

const ROWS = ["a", "b", "c", "d", "e", "f"];

/** The record page before its data: the same boxes at the same places. */
export function RecordSkeleton({ className }: { className: string }) {
  const t = useTranslations("record");
  return (
    <div role="status" aria-label={t("loading")} className={className}>
      <Skeleton className="mb-3 h-3 w-16" />
      <Skeleton className="mb-3 h-6 w-56" />
      <Skeleton className="mb-5 h-3.5 w-72" />
      <div className="mb-6 grid gap-2 sm:flex sm:gap-3">
        <Skeleton className="h-10 w-full rounded-lg sm:w-72" />
        <Skeleton className="h-10 w-full rounded-lg sm:w-80" />
      </div>
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(300px,1fr)]">
        <Card>
          <div className="grid gap-3 p-5">
            <Skeleton className="h-3 w-28" />
            <Skeleton className="h-5 w-3/5" />
            <Skeleton className="h-3 w-2/5" />
          </div>
          {ROWS.map((row) => (
            <div key={row} className="grid grid-cols-3 gap-6 border-line border-t px-5 py-3">
              <Skeleton className="h-3.5 w-3/4" />
              <Skeleton className="mx-auto h-3.5 w-1/2" />
              <Skeleton className="h-3.5 w-2/3" />
            </div>
          ))}
        </Card>
        <Card>
          <TimelineSkeleton />
        </Card>
      </div>
    </div>
  );
}
