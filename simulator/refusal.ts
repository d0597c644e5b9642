/** How GitHub says no. */

export interface FieldError {
  readonly resource: string;
  readonly field: string;
  readonly code: string;
  readonly message?: string;
}

/** Thrown by a handler; the server turns it into GitHub's answer with this status. */
export class Refusal extends Error {
  readonly status: number;
  readonly errors: readonly (FieldError | string)[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    message: string,
    errors?: readonly (FieldError | string)[],
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.errors = errors;
    this.headers = headers;
  }
}

export const notFound = (): Refusal => new Refusal(404, 'Not Found');

export const forbidden = (): Refusal => new Refusal(403, 'Resource not accessible by integration');

/** 422 with the reason by field, as GitHub's validators write it. */
export function unprocessable(resource: string, field: string, message: string, code = 'custom'): Refusal {
  return new Refusal(422, 'Validation Failed', [{ resource, field, code, message }]);
}

/** 422 with the reasons as bare strings, as the older review end points write it. */
export function unprocessableEntity(...messages: string[]): Refusal {
  return new Refusal(422, 'Unprocessable Entity', messages);
}
