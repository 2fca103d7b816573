import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

/** What is wrong with the choice above, and the cure. */
export function Warning({ children }: { children: ReactNode }) {
  return (
    <p className="mt-1 flex items-start gap-1 text-warn text-xs">
      <TriangleAlert className="mt-0.5 size-3 shrink-0" aria-hidden />
      {children}
    </p>
  );
}
