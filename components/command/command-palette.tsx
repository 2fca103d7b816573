"use client";

import { Dialog } from "@base-ui/react/dialog";
import { useQuery } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useId, useState } from "react";
import { Kbd } from "@/components/ui/kbd";
import { ProgressLine } from "@/components/ui/progress-line";
import { recordPath } from "@/lib/browser/record-path";
import { useDebounced } from "@/lib/browser/use-debounced";
import { mayLeave } from "@/lib/browser/use-unsaved-guard";
import { CommandList, GROUPS, optionId } from "./command-list";
import { type Command, findCommands } from "./find-commands";
import { recordSearchQuery, SEARCH_FROM } from "./record-search";
import { useCommands } from "./use-commands";

/** Time after the last letter until records are searched, ms. */
const SETTLE_MS = 180;

type CommandPaletteProps = { onClose: () => void };

/** Search or jump: pages, actions, and records by name, address or id. Arrow keys choose, Enter goes, Escape leaves. */
export function CommandPalette({ onClose }: CommandPaletteProps) {
  const t = useTranslations("command");
  const router = useRouter();
  const listId = useId();
  const [typed, setTyped] = useState("");
  const [active, setActive] = useState(0);
  const search = useDebounced(typed.trim(), SETTLE_MS);
  const found = useQuery(recordSearchQuery(search));
  const commands = findCommands(useCommands(), typed);
  const records: Command[] =
    typed.trim().length < SEARCH_FROM
      ? []
      : (found.data ?? []).map((record) => ({
          id: record.id,
          group: "records",
          label: record.name || record.email || record.hubspotId || record.salesforceId || record.id,
          words: "",
          aside: record.email ?? t(`objects.${record.object}`),
          href: recordPath(record.object, record.id),
        }));
  const searching = found.isFetching || (typed.trim() !== search && typed.trim().length >= SEARCH_FROM);
  const shown = GROUPS.flatMap((group) => [...commands, ...records].filter((command) => command.group === group));
  const chosen = Math.min(active, shown.length - 1);
  const run = (command: Command | undefined) => {
    if (!command || (command.href && !mayLeave())) return;
    onClose();
    command.run?.();
    if (command.href) router.push(command.href);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter that ends an input method's composition chooses letters, not a command.
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && shown.length > 0) {
      event.preventDefault();
      setActive((chosen + step + shown.length) % shown.length);
    }
    if (event.key === "Enter") {
      event.preventDefault();
      run(shown[chosen]);
    }
  };
  const activeCommand = shown[chosen];
  return (
    <Dialog.Root open onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="overlay-fade fixed inset-0 z-50 bg-black/40" />
        <Dialog.Popup className="overlay-fade fixed top-[12dvh] left-1/2 z-50 flex max-h-[70dvh] w-[min(600px,calc(100vw-24px))] -translate-x-1/2 flex-col overflow-hidden rounded-xl bg-raised shadow-overlay outline-none">
          <Dialog.Title className="sr-only">{t("title")}</Dialog.Title>
          <div className="relative flex items-center gap-3 border-line border-b px-4">
            <Search className="size-4 shrink-0 text-ink-faint" aria-hidden />
            <input
              type="text"
              role="combobox"
              aria-label={t("title")}
              aria-expanded={shown.length > 0}
              aria-controls={listId}
              aria-autocomplete="list"
              aria-activedescendant={activeCommand ? optionId(listId, activeCommand) : undefined}
              autoComplete="off"
              spellCheck={false}
              placeholder={t("placeholder")}
              value={typed}
              onChange={(event) => {
                setTyped(event.target.value);
                setActive(0);
              }}
              onKeyDown={onKeyDown}
              className="h-12 min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-ink-faint"
            />
            {searching && <ProgressLine label={t("searching")} className="absolute inset-x-0 bottom-0 rounded-none" />}
          </div>
          <CommandList id={listId} commands={shown} active={chosen} onPoint={setActive} onRun={run} />
          {shown.length === 0 && !searching && (
            <p role="status" className="px-4 py-8 text-center text-ink-faint text-sm">
              {found.isError ? t("searchFailed") : t("nothing", { typed: typed.trim() })}
            </p>
          )}
          <footer className="hidden items-center gap-1.5 border-line border-t px-4 py-2 text-2xs text-ink-faint sm:flex">
            <Kbd>↑</Kbd> <Kbd>↓</Kbd> <Kbd>Enter</Kbd> {t("keys")} <Kbd>Esc</Kbd> {t("close")}
          </footer>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
