import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

type EmptyStateProps = { icon?: LucideIcon; title: ReactNode; children?: ReactNode; action?: ReactNode };

/** Teaches what belongs here and offers the one thing to do. */
export function EmptyState({ icon: Icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center px-6 py-12 text-center">
      {Icon && (
        <span className="mb-3 flex size-10 items-center justify-center rounded-lg border border-line text-ink-faint">
          <Icon className="size-5" aria-hidden />
        </span>
      )}
      <div className="text-balance font-semibold text-base [word-break:auto-phrase]">{title}</div>
      {children && <div className="mt-1 max-w-[440px] text-ink-soft text-sm">{children}</div>}
      {action && <div className="mt-4 flex gap-2">{action}</div>}
    </div>
  );
}
