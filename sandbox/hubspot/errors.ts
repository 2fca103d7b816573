/** One entry of the `errors` list in HubSpot's error body. */
type ErrorDetail = {
  message: string;
  code?: string;
  in?: string;
  subCategory?: string;
  context?: Record<string, string[]>;
};

/** HubSpot's error body without the correlation id, which the server adds when it answers. */
export type ErrorBody = {
  status: "error";
  message: string;
  category?: string;
  subCategory?: string;
  errors?: ErrorDetail[];
  context?: Record<string, string[]>;
  links?: Record<string, string>;
  errorType?: string;
  policyName?: string;
  groupName?: string;
};

/** A refusal that travels to the client as HubSpot's JSON with this HTTP status. */
export class HubSpotError extends Error {
  constructor(
    readonly status: number,
    readonly body: ErrorBody,
  ) {
    super(body.message);
  }
}

/** One refused property value; HubSpot lists all of a record's refused values in one error. */
export type PropertyProblem = { name: string; message: string; code: string };

/** 400 with any other VALIDATION_ERROR text. */
export function validationError(message: string, extra: Partial<ErrorBody> = {}): HubSpotError {
  return new HubSpotError(400, { status: "error", message, category: "VALIDATION_ERROR", ...extra });
}

/** 400 "Property values were not valid: [...]": the text carries JSON that clients in the field parse. */
export function propertyValuesError(problems: PropertyProblem[], portalId: number): HubSpotError {
  const listed = problems.map((problem) => ({
    isValid: false,
    message: problem.message,
    error: problem.code,
    name: problem.name,
    localizedErrorMessage: problem.message,
    portalId,
  }));
  return validationError(`Property values were not valid: ${JSON.stringify(listed)}`, {
    errors: problems.map((problem) => ({
      message: problem.message,
      code: problem.code,
      context: { propertyName: [problem.name] },
    })),
  });
}

/** 400 for a creation without the properties that its type must have. */
export function requiredPropertiesNotSet(label: string, names: readonly string[]): HubSpotError {
  return validationError(`Error creating ${label}. Some required properties were not set.`, {
    context: { properties: [...names] },
  });
}

/** 404 of a single call. */
export function notFound(context?: Record<string, string[]>): HubSpotError {
  return new HubSpotError(404, {
    status: "error",
    message: "resource not found",
    category: "OBJECT_NOT_FOUND",
    ...(context ? { context } : {}),
  });
}

/** The entry that batch calls list for records they could not find; one entry may stand for many ids. */
export function batchNotFoundBody(typeName: string, ids: string[]): ErrorBody {
  return {
    status: "error",
    category: "OBJECT_NOT_FOUND",
    message: `Could not get some ${typeName} objects, they may be deleted or not exist. Check that ids are valid.`,
    context: { ids },
  };
}

/** 409 for a second contact with an address that is taken, be it primary or additional. */
export function contactExists(existingId: string): HubSpotError {
  return new HubSpotError(409, {
    status: "error",
    message: `Contact already exists. Existing ID: ${existingId}`,
    category: "CONFLICT",
  });
}

/** 400 for a second record with the same value of a unique property. */
export function uniqueValueTaken(name: string, value: string, existingId: string): HubSpotError {
  return validationError(
    `Cannot set PropertyValueCoordinates{propertyName=${name}, value=${value}}. ${existingId} already has that value.`,
    {
      errors: [
        {
          message: `${existingId} already has that value.`,
          code: "CONFLICTING_UNIQUE_VALUE",
          context: { propertyName: [name], existingObjectId: [existingId] },
        },
      ],
    },
  );
}

/** 401 without or with an unknown token. */
export function invalidAuthentication(): HubSpotError {
  return new HubSpotError(401, {
    status: "error",
    message:
      "Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview",
    category: "INVALID_AUTHENTICATION",
  });
}

/** 401 for a token whose 30 minutes are over. */
export function expiredAuthentication(expiredAt: number, now: number): HubSpotError {
  const seconds = Math.max(0, Math.floor((now - expiredAt) / 1000));
  return new HubSpotError(401, {
    status: "error",
    message: `The OAuth token used to make this call expired ${seconds} second(s) ago.`,
    category: "EXPIRED_AUTHENTICATION",
    context: { "expire time": [new Date(expiredAt).toISOString()] },
  });
}

/** 403 with the scopes of which one is needed. */
export function missingScopes(scopes: readonly string[]): HubSpotError {
  return new HubSpotError(403, {
    status: "error",
    message:
      "This app hasn't been granted all required scopes to make this call. Read more about required scopes here: https://developers.hubspot.com/scopes.",
    category: "MISSING_SCOPES",
    errors: [
      {
        message: "One or more of the following scopes are required.",
        context: { requiredGranularScopes: [...scopes] },
      },
    ],
    links: { scopes: "https://developers.hubspot.com/scopes" },
  });
}
