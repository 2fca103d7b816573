import { useTranslations } from "next-intl";
import { Skeleton } from "@/components/ui/skeleton";
import { LIST_ROW } from "./list-columns";

const WIDTHS = ["60%", "44%", "72%", "52%", "66%", "40%", "58%", "70%", "48%", "62%", "54%", "68%"];

/** Rows of the size of what will come. */
export function RecordsSkeleton({ selectable }: { selectable: boolean }) {
  const t = useTranslations("records");
  return (
    <div role="status" aria-label={t("loading")} className="min-h-0 flex-1 overflow-hidden">
      {WIDTHS.map((width) => (
        <div
          key={width}
          className={`${LIST_ROW} h-9 border-line border-b max-[899px]:h-[76px] max-[899px]:grid-cols-1`}
        >
          {selectable && <Skeleton className="size-4 max-[899px]:hidden" />}
          <Skeleton className="h-3 w-16" />
          <span style={{ width }}>
            <Skeleton className="h-3 w-full" />
          </span>
          <Skeleton className="h-3 w-3/4 max-[899px]:hidden" />
          <Skeleton className="h-3 w-24 max-[899px]:hidden" />
          <Skeleton className="h-3 w-40 max-[899px]:hidden" />
          <Skeleton className="ml-auto h-3 w-14 max-[899px]:hidden" />
        </div>
      ))}
    </div>
  );
}
