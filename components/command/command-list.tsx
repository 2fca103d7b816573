"use client";

import clsx from "clsx";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import type { Command } from "./find-commands";

/** In the order in which they stand: a name that is typed rarely is also a page, so records still come to the top. */
export const GROUPS = ["actions", "pages", "records"] as const;

export function optionId(listId: string, command: Command): string {
  return `${listId}-${command.group}-${command.id}`;
}

type CommandListProps = {
  id: string;
  commands: readonly Command[];
  /** Place in `commands`; -1 for none */
  active: number;
  onPoint: (at: number) => void;
  onRun: (command: Command) => void;
};

/** The choices under the box, in groups; the focus stays in the box. */
export function CommandList({ id, commands, active, onPoint, onRun }: CommandListProps) {
  const t = useTranslations("command");
  return (
    <div id={id} role="listbox" aria-label={t("title")} className="min-h-0 overflow-y-auto overscroll-contain p-1.5">
      {GROUPS.map((group) => {
        const members = commands.filter((command) => command.group === group);
        if (members.length === 0) return null;
        return (
          // biome-ignore lint/a11y/useSemanticElements: options of a listbox are grouped by role (ARIA listbox pattern), a fieldset is for form controls
          <div key={group} role="group" aria-label={t(`groups.${group}`)}>
            <p className="px-2.5 pt-2 pb-1 text-ink-faint text-xs" aria-hidden>
              {t(`groups.${group}`)}
            </p>
            {members.map((command) => {
              const at = commands.indexOf(command);
              return (
                <Option
                  key={command.id}
                  id={optionId(id, command)}
                  command={command}
                  isActive={at === active}
                  onPoint={() => onPoint(at)}
                  onRun={() => onRun(command)}
                />
              );
            })}
          </div>
        );
      })}
    </div>
  );
}

type OptionProps = { id: string; command: Command; isActive: boolean; onPoint: () => void; onRun: () => void };

function Option({ id, command, isActive, onPoint, onRun }: OptionProps) {
  const own = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isActive) own.current?.scrollIntoView({ block: "nearest" });
  }, [isActive]);
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the box keeps the focus and names this option by aria-activedescendant
    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter in the box runs it
    <div
      ref={own}
      id={id}
      role="option"
      aria-selected={isActive}
      onPointerMove={onPoint}
      onClick={onRun}
      className={clsx(
        "flex h-9 cursor-default items-center justify-between gap-4 rounded-md px-2.5 text-sm",
        isActive && "bg-hover",
      )}
    >
      <span className="truncate">{command.label}</span>
      {command.aside && <span className="truncate text-ink-faint text-xs">{command.aside}</span>}
    </div>
  );
}
