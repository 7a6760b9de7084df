import { errorBodySchema } from './errorBody';

/** What routes answer instead: of lists, of one thing, and of writes that others may have overtaken. */
export const listErrors = {
  400: errorBodySchema,
  401: errorBodySchema,
  403: errorBodySchema,
};
export const errors = { ...listErrors, 404: errorBodySchema };
export const writeErrors = { ...errors, 409: errorBodySchema };
