import { type ErrorBody, HubSpotError, validationError } from "./errors";
import type { WireRecord } from "./wire-format";

/** HubSpot takes at most this many inputs in one batch call. */
const MAX_INPUTS = 100;

type TracedInput = { objectWriteTraceId?: string | null | undefined };
type BatchError = ErrorBody & { context?: Record<string, string[]> };
export type BatchOutcome = { results: WireRecord[]; errors: BatchError[] };

/** `check` throws HubSpotError and changes nothing; `commit` cannot fail. Undefined = silently left out. */
type BatchWork<I, P> = {
  check(input: I, claimed: Set<string> | undefined): P | undefined;
  commit(prepared: P): WireRecord;
};

/** Refuses too many inputs with HubSpot's 400. */
export function refuseTooManyInputs(count: number): void {
  if (count > MAX_INPUTS) {
    throw validationError(
      `The maximum number of inputs supported in a batch request is ${MAX_INPUTS}, but ${count} were given`,
    );
  }
}

/** The same record twice in one batch refuses the whole call, with or without trace ids. */
export function refuseDuplicates(ids: readonly string[]): void {
  const twice = [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
  if (twice.length > 0) {
    throw validationError(`Duplicate IDs found in batch input: [${twice.join(", ")}]. IDs must be unique`, {
      context: { ids: twice },
    });
  }
}

/**
 * Runs a batch of writes. With a different `objectWriteTraceId` on every input each succeeds or fails for itself;
 * otherwise it is all or nothing and the first offender's error is thrown.
 */
export function runBatch<I extends TracedInput, P>(inputs: readonly I[], work: BatchWork<I, P>): BatchOutcome {
  refuseTooManyInputs(inputs.length);
  const traces = inputs.map((input) => input.objectWriteTraceId);
  const isTraced = traces.every((trace) => !!trace) && new Set(traces).size === traces.length;
  return isTraced ? runEach(inputs, work) : runAllOrNothing(inputs, work);
}

function echoTrace(record: WireRecord, input: TracedInput): WireRecord {
  return input.objectWriteTraceId ? { ...record, objectWriteTraceId: input.objectWriteTraceId } : record;
}

function runAllOrNothing<I extends TracedInput, P>(inputs: readonly I[], work: BatchWork<I, P>): BatchOutcome {
  const claimed = new Set<string>();
  const checked = inputs.map((input) => ({ input, prepared: work.check(input, claimed) }));
  const results: WireRecord[] = [];
  for (const { input, prepared } of checked) {
    if (prepared !== undefined) results.push(echoTrace(work.commit(prepared), input));
  }
  return { results, errors: [] };
}

function runEach<I extends TracedInput, P>(inputs: readonly I[], work: BatchWork<I, P>): BatchOutcome {
  const outcome: BatchOutcome = { results: [], errors: [] };
  for (const input of inputs) {
    try {
      const prepared = work.check(input, undefined);
      if (prepared !== undefined) outcome.results.push(echoTrace(work.commit(prepared), input));
    } catch (error) {
      if (!(error instanceof HubSpotError)) throw error;
      const { status, category, message, context, subCategory } = error.body;
      outcome.errors.push({
        status,
        category,
        ...(subCategory ? { subCategory } : {}),
        message,
        context: { ...context, objectWriteTraceId: [input.objectWriteTraceId ?? ""] },
      });
    }
  }
  return outcome;
}
