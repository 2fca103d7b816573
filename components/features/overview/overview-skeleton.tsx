import { PageBody } from "@/components/layout/page-header";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";

/** The page's shape before its first data, in the sizes of what will come. */
export function OverviewSkeleton() {
  return (
    <PageBody>
      <div className="mb-6 flex min-h-[72px] flex-col gap-2" aria-busy="true">
        <Skeleton className="h-3 w-16" />
        <Skeleton className="h-6 w-80 max-w-full" />
        <Skeleton className="h-4 w-56" />
      </div>
      <Card className="grid grid-cols-2 gap-8 px-4 py-5 lg:grid-cols-4">
        {["a", "b", "c", "d"].map((key) => (
          <div key={key} className="flex flex-col gap-2">
            <Skeleton className="h-3 w-16" />
            <Skeleton className="h-7 w-24" />
            <Skeleton className="h-3 w-28" />
          </div>
        ))}
      </Card>
      <div className="mt-4 grid gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <Card className="h-[304px]" />
        <Card className="h-[304px]" />
      </div>
    </PageBody>
  );
}
