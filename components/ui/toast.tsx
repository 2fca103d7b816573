"use client";

import clsx from "clsx";
import { CircleAlert, CircleCheck, Info, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { isSessionOver } from "@/lib/browser/session-end";
import { buttonClass } from "./button";
import { IconButton } from "./icon-button";
import { TONE_TEXT } from "./tone";

type ToastTone = "ok" | "info" | "fail";
/** One thing to do about it, such as *Undo*; the toast closes with it */
type ToastAction = { label: string; onPress: () => void };
type Toast = {
  id: number;
  tone: ToastTone;
  title: string;
  detail: string | undefined;
  action: ToastAction | undefined;
};

/** 6 s is long enough to read two short lines; failures stay until they are closed. */
const SHOWN_MS = 6_000;
/** Time to change one's mind: reading, deciding and reaching the button. */
const ACTION_SHOWN_MS = 12_000;
const EMPTY: readonly Toast[] = [];
let toasts: readonly Toast[] = EMPTY;
let lastId = 0;
const listeners = new Set<() => void>();
const timers = new Map<number, ReturnType<typeof setTimeout>>();

function publish(next: readonly Toast[]): void {
  toasts = next;
  for (const tell of listeners) tell();
}

/** Counts its time from now; a failure stays until somebody closes it. */
function startTimer({ id, tone, action }: Toast): void {
  stopTimer(id);
  if (tone !== "fail")
    timers.set(
      id,
      setTimeout(() => closeToast(id), action ? ACTION_SHOWN_MS : SHOWN_MS),
    );
}

/** Whoever points at it or has the focus in it is reading: it must not go from under the hand (WCAG 2.2.1). */
function stopTimer(id: number): void {
  clearTimeout(timers.get(id));
  timers.delete(id);
}

function closeToast(id: number): void {
  stopTimer(id);
  publish(toasts.filter((toast) => toast.id !== id));
}

/** Says what just happened, in the corner, without taking the focus. At most three stand at once. */
export function showToast(toast: { tone: ToastTone; title: string; detail?: string; action?: ToastAction }): void {
  // The dialog that asks to sign in again says it; afterwards it would not be true any more.
  if (toast.tone === "fail" && isSessionOver()) return;
  lastId += 1;
  const shown: Toast = { id: lastId, ...toast, detail: toast.detail, action: toast.action };
  // What is said already is said anew, not twice.
  const others = toasts.filter((one) => one.title !== toast.title || one.detail !== toast.detail);
  publish([...others, shown].slice(-3));
  startTimer(shown);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const ICON = { ok: CircleCheck, info: Info, fail: CircleAlert };

/** Where toasts appear; stands once in the shell. */
export function Toaster() {
  const t = useTranslations("ui");
  const shown = useSyncExternalStore(
    subscribe,
    () => toasts,
    () => EMPTY,
  );
  return (
    <div
      aria-live="polite"
      className="pointer-events-none fixed right-4 bottom-4 z-70 [body:has([data-save-bar])_&]:bottom-22 flex w-[min(360px,calc(100vw-32px))] flex-col gap-2"
    >
      {shown.map((toast) => {
        const Icon = ICON[toast.tone];
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: pointing at it does nothing but let it stay
          <div
            key={toast.id}
            onPointerEnter={() => stopTimer(toast.id)}
            onPointerLeave={() => startTimer(toast)}
            onFocus={() => stopTimer(toast.id)}
            onBlur={() => startTimer(toast)}
            className="pointer-events-auto flex items-start gap-3 rounded-lg bg-raised p-3 text-sm shadow-overlay"
          >
            <Icon className={clsx("mt-0.5 size-4 shrink-0", TONE_TEXT[toast.tone])} aria-hidden />
            <div className="min-w-0 flex-1">
              <p className="font-medium">{toast.title}</p>
              {toast.detail && <p className="text-ink-soft">{toast.detail}</p>}
            </div>
            {toast.action && (
              <button
                type="button"
                className={buttonClass("secondary", "sm")}
                onClick={() => {
                  toast.action?.onPress();
                  closeToast(toast.id);
                }}
              >
                {toast.action.label}
              </button>
            )}
            <IconButton label={t("close")} size="sm" className="-mt-0.5 -mr-1" onClick={() => closeToast(toast.id)}>
              <X aria-hidden />
            </IconButton>
          </div>
        );
      })}
    </div>
  );
}
