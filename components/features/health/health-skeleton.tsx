import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";

/** Rows of each card, by the width of their text. */
const CARDS = [["w-2/3", "w-1/2"], ["w-3/5"], ["w-1/2", "w-2/3"]];

/** The page's shape while it loads. */
export function HealthSkeleton() {
  const t = useTranslations("health");
  return (
    <div role="status" aria-label={t("title")}>
      <Skeleton className="mb-3 h-8 w-full sm:w-80" />
      <Skeleton className="mb-5 h-7 w-64" />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_320px]">
        <CardsSkeleton />
        <Skeleton className="h-48 w-full rounded-lg" />
      </div>
    </div>
  );
}

/** The categories while they load. */
export function CardsSkeleton() {
  return (
    <div className="grid gap-4">
      {CARDS.map((rows) => (
        <Card key={rows.join()} className="overflow-hidden">
          <div className="flex h-10 items-center border-line border-b px-4">
            <Skeleton className="h-3.5 w-32" />
          </div>
          {rows.map((row) => (
            <div key={row} className="flex h-14 items-center gap-3 px-4">
              <Skeleton className="size-4" />
              <Skeleton className={`h-3.5 ${row}`} />
            </div>
          ))}
        </Card>
      ))}
    </div>
  );
}
