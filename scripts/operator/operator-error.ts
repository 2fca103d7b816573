/** Something that the person at the console can cure; shown without a stack. */
export class OperatorError extends Error {
  override readonly name = "OperatorError";
}
