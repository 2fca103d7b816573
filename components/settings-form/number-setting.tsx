"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type NumberSettingProps = {
  label: string;
  hint?: ReactNode;
  value: number;
  disabled: boolean;
  /** What is wrong with a text, in words; undefined = it is taken */
  findFault: (text: string) => string | undefined;
  onChange: (value: number) => void;
  className?: string;
};

/**
 * A whole number of the settings. What is typed stays as typed; while it cannot be taken the field says so, and the form
 * around it is not saved.
 */
export function NumberSetting({ label, hint, value, disabled, findFault, onChange, className }: NumberSettingProps) {
  // Kept with the value that it was typed over: once that is another one (discarded, newer), the text is old.
  const [typed, setTyped] = useState<{ text: string; over: number } | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const text = typed?.over === value ? typed.text : String(value);
  const fault = findFault(text);
  useEffect(() => input.current?.setCustomValidity(fault ?? ""), [fault]);
  const take = (next: string) => {
    const isTaken = findFault(next) === undefined;
    setTyped(isTaken ? null : { text: next, over: value });
    if (isTaken) onChange(Number(next));
  };
  return (
    <Field label={label} hint={hint} error={fault} {...(className ? { className } : {})}>
      {(control) => (
        <Input
          {...control}
          ref={input}
          inputMode="numeric"
          value={text}
          disabled={disabled}
          onChange={(event) => take(event.target.value)}
        />
      )}
    </Field>
  );
}
