/** One error as the REST API tells it; `fields` only where the real one names them. */
export type ErrorItem = { message: string; errorCode: string; fields?: string[]; duplicateResut?: unknown };

/** A failure with its HTTP status. The body is always an array; inside collections the key is `statusCode`. */
export class SalesforceError extends Error {
  constructor(
    readonly status: number,
    readonly errorCode: string,
    message: string,
    readonly fields?: string[],
    readonly duplicateResut?: unknown,
  ) {
    super(message);
  }

  /** `[{message, errorCode, fields?}]`, for a whole request. */
  toBody(): ErrorItem[] {
    return [
      {
        ...(this.duplicateResut === undefined ? {} : { duplicateResut: this.duplicateResut }),
        message: this.message,
        errorCode: this.errorCode,
        ...(this.fields === undefined ? {} : { fields: this.fields }),
      },
    ];
  }

  /** `{statusCode, message, fields}`, for one record of a collection. Duplicate matches are not told there. */
  toRecordError(): { statusCode: string; message: string; fields: string[] } {
    return { statusCode: this.errorCode, message: this.message, fields: this.fields ?? [] };
  }
}

export function badRequest(errorCode: string, message: string, fields?: string[]): SalesforceError {
  return new SalesforceError(400, errorCode, message, fields);
}

export function notFound(message = "The requested resource does not exist"): SalesforceError {
  return new SalesforceError(404, "NOT_FOUND", message);
}

export function invalidSession(): SalesforceError {
  return new SalesforceError(401, "INVALID_SESSION_ID", "Session expired or invalid");
}

export function invalidField(name: string, object: string): SalesforceError {
  return badRequest("INVALID_FIELD", `No such column '${name}' on sobject of type ${object}`);
}

export function invalidType(name: string): SalesforceError {
  return badRequest(
    "INVALID_TYPE",
    `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.`,
  );
}
