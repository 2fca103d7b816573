"use client";

import clsx from "clsx";
import { Check, Lock } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ConnectionView } from "@/lib/contracts/connection";
import type { SetupStep } from "@/lib/decide/setup-steps";
import { STEPS, stateOf } from "./setup-steps";

type StepRailProps = { connection: ConnectionView; step: SetupStep; onGo: (step: SetupStep) => void };

/** All steps with what is behind ticked; on a narrow screen one line says where one is. */
export function StepRail({ connection, step, onGo }: StepRailProps) {
  const t = useTranslations("setup");
  const place = STEPS.indexOf(step) + 1;
  return (
    <nav aria-label={t("steps.label")}>
      <div className="lg:hidden">
        <p className="text-ink-soft text-sm tabular-nums">{t("stepOf", { place, count: STEPS.length })}</p>
        <div className="mt-2 h-0.5 overflow-hidden rounded-full bg-pressed" aria-hidden>
          <div className="h-full bg-accent" style={{ width: `${(place / STEPS.length) * 100}%` }} />
        </div>
      </div>
      <ol className="hidden flex-col gap-0.5 lg:flex">
        {STEPS.map((one, index) => (
          <li key={one}>
            <RailEntry
              name={t(`steps.${one}.short`)}
              number={index + 1}
              state={stateOf(one, connection)}
              here={one === step}
              onGo={() => onGo(one)}
            />
          </li>
        ))}
      </ol>
    </nav>
  );
}

type RailEntryProps = {
  name: string;
  number: number;
  state: ReturnType<typeof stateOf>;
  here: boolean;
  onGo: () => void;
};

function RailEntry({ name, number, state, here, onGo }: RailEntryProps) {
  const t = useTranslations("setup.states");
  return (
    <button
      type="button"
      disabled={state === "locked"}
      aria-current={here ? "step" : undefined}
      onClick={onGo}
      className={clsx(
        "flex h-9 w-full items-center gap-2.5 rounded-md px-2 text-left text-sm transition-colors",
        here ? "bg-pressed font-medium text-ink" : "text-ink-soft hover:bg-hover hover:text-ink",
        "disabled:pointer-events-none disabled:text-ink-faint",
      )}
    >
      <span
        className={clsx(
          "flex size-5 shrink-0 items-center justify-center rounded-full border text-2xs tabular-nums",
          state === "done" ? "border-transparent bg-ok-soft text-ok" : "border-line-strong text-ink-soft",
        )}
        aria-hidden
      >
        {state === "done" ? <Check className="size-3" /> : state === "locked" ? <Lock className="size-2.5" /> : number}
      </span>
      <span className="truncate">{name}</span>
      <span className="sr-only">{t(state)}</span>
    </button>
  );
}
