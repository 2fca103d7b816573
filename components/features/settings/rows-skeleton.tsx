import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";

/** Rows as high as those that will come. */
export function RowsSkeleton({ rows = 4 }: { rows?: number }) {
  return (
    <Card aria-busy="true">
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no names
        <div key={index} className="flex h-14 items-center gap-4 border-line border-b px-4 last:border-b-0">
          <Skeleton className="size-7 rounded-full" />
          <Skeleton className="h-4 w-40" />
          <Skeleton className="ml-auto h-4 w-24" />
        </div>
      ))}
    </Card>
  );
}
