"use client";

import { useTranslations } from "next-intl";
import type { ReactNode, RefObject } from "react";
import { Button } from "@/components/ui/button";
import type { SetupStep } from "@/lib/decide/setup-steps";
import { neighboursOf } from "./setup-steps";

export type StepProps = {
  step: SetupStep;
  mayEdit: boolean;
  /** To another step, after what is unsaved was saved */
  onGo: (step: SetupStep) => void;
  /** On, once the step has done its own saving */
  onNext: (step: SetupStep) => void;
  /** A step with unsaved changes puts here how to save them; answers whether that went well */
  leave: RefObject<(() => Promise<boolean>) | null>;
};

type StepFrameProps = StepProps & {
  children: ReactNode;
  /** Words of the button that goes on; "Continue" without */
  next?: string;
  /** The step has a better thing to do than to go on */
  isSkip?: boolean;
  busy?: boolean;
  /** What has to be done before going on; answers whether it is */
  before?: () => Promise<boolean>;
  /** Why one cannot go on yet */
  blocked?: string | undefined;
};

/** A step: what it is about, what is chosen, back and on. */
export function StepFrame({
  step,
  onGo,
  onNext,
  children,
  next,
  isSkip = false,
  busy = false,
  before,
  blocked,
}: StepFrameProps) {
  const t = useTranslations("setup");
  const neighbours = neighboursOf(step);
  const goOn = async () => {
    if (before && !(await before())) return;
    if (neighbours.after) onNext(neighbours.after);
  };
  return (
    <section aria-labelledby="step-title" className="flex min-w-0 flex-col gap-5">
      <header>
        <h2 id="step-title" className="font-semibold text-lg tracking-tight">
          {t(`steps.${step}.title`)}
        </h2>
        <p className="max-w-[720px] text-ink-soft text-sm">{t(`steps.${step}.what`)}</p>
      </header>
      {children}
      <footer className="flex flex-wrap items-center justify-between gap-3 border-line border-t pt-4">
        {neighbours.before ? (
          <Button variant="ghost" onClick={() => neighbours.before && onGo(neighbours.before)}>
            {t("back")}
          </Button>
        ) : (
          <span />
        )}
        {neighbours.after && (
          <div className="flex flex-wrap items-center justify-end gap-3">
            {blocked && <p className="text-ink-soft text-sm">{blocked}</p>}
            <Button
              variant={isSkip ? "secondary" : "primary"}
              disabled={blocked !== undefined}
              busy={busy}
              onClick={() => void goOn()}
            >
              {next ?? t("continue")}
            </Button>
          </div>
        )}
      </footer>
    </section>
  );
}
