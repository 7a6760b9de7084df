import { z } from 'zod/v4';
import { ApiRoute } from './ApiRoute';
import { COMPONENTS } from './components';
import { errorBodySchema } from './errorBody';

/** What the document is made of.
 * @public
 */
export interface OpenApiDocumentOptions {
  title: string;
  version: string;
  routes: readonly ApiRoute[];
  /** Where the routes are served. Default: `/api/observability`. */
  serverUrl?: string;
}

/** An OpenAPI 3.1 document.
 * @public
 */
export interface OpenApiDocument {
  openapi: '3.1.0';
  info: { title: string; version: string };
  servers: { url: string }[];
  tags: { name: string }[];
  /** By path, then by method. */
  paths: Record<string, Record<string, OpenApiOperation>>;
  components: {
    schemas: Record<string, JsonSchema>;
    securitySchemes: Record<string, { type: string; scheme: string }>;
  };
  security: Record<string, string[]>[];
}

/** One method of one path.
 * @public
 */
export interface OpenApiOperation {
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  parameters?: OpenApiParameter[];
  requestBody?: { required: true; content: OpenApiContent };
  responses: Record<string, { description: string; content?: OpenApiContent }>;
  /** Empty where nobody has to sign in; else as for the whole document. */
  security?: Record<string, string[]>[];
  /** What the caller must be allowed, besides reading the entity. */
  'x-permission'?: string;
}

/** One parameter of a path, a query or a header.
 * @public
 */
export interface OpenApiParameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description?: string;
  schema: JsonSchema;
  style?: 'form';
  explode?: boolean;
}

/** A body by media type: JSON, other ones for some answers.
 * @public
 */
export type OpenApiContent = Record<string, { schema: JsonSchema }>;

/** A JSON Schema of the 2020-12 dialect.
 * @public
 */
export type JsonSchema = Record<string, unknown>;

const STATUS_TEXTS: Record<number, string> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'Done, nothing to tell',
  304: 'Unchanged since the answer with that ETag',
  400: 'The request cannot be read; the message names what is wrong',
  401: 'Not signed in',
  403: 'Signed in, but not allowed',
  404: 'Not there, or not readable for the caller',
  409: 'Somebody else has changed it since',
  422: 'Something in it does not go together; the message says what',
  429: 'Asked too often; `Retry-After` says when to come back',
};

const IDEMPOTENCY_ERRORS: ApiRoute['responses'] = {
  409: errorBodySchema,
  422: errorBodySchema,
};

const IDEMPOTENCY_KEY: OpenApiParameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'Chosen by the caller. For 24 hours the first answer is repeated to the same request with the same key, with `Idempotent-Replayed: true`; 409 while the first is under way, 422 when it said something else.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

/**
 * Describes routes as OpenAPI 3.1. The schemas are those that requests are
 * parsed with and answers are typed by, so the document cannot say otherwise.
 *
 * @public
 */
export function createOpenApiDocument(
  options: OpenApiDocumentOptions,
): OpenApiDocument {
  const { title, version, routes, serverUrl = '/api/observability' } = options;
  const paths: OpenApiDocument['paths'] = {};
  for (const route of routes) {
    paths[route.path] = {
      ...paths[route.path],
      [route.method]: describeOperation(route),
    };
  }
  return {
    openapi: '3.1.0',
    info: { title, version },
    servers: [{ url: serverUrl }],
    tags: [...new Set(routes.map(({ tag }) => tag))].map(name => ({ name })),
    paths,
    components: {
      schemas: describeComponents(),
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    },
    security: [{ token: [] }],
  };
}

function describeOperation(route: ApiRoute): OpenApiOperation {
  const { operationId, summary, description, tag, permission } = route;
  const parameters = [
    ...describeParameters('path', route.parameters?.path),
    ...describeParameters('query', route.parameters?.query),
    ...(route.isIdempotent ? [IDEMPOTENCY_KEY] : []),
  ];
  const responses: OpenApiOperation['responses'] = {};
  const answers = route.isIdempotent
    ? { ...IDEMPOTENCY_ERRORS, ...route.responses }
    : route.responses;
  for (const [status, schema] of Object.entries(answers)) {
    const content = {
      ...(schema ? contentOf(schema, 'output') : {}),
      ...(status === '200' ? describeTexts(route) : {}),
    };
    responses[status] = {
      description: STATUS_TEXTS[Number(status)] ?? `Status ${status}`,
      ...(Object.keys(content).length > 0 ? { content } : {}),
    };
  }
  return {
    operationId,
    summary,
    ...(description ? { description } : {}),
    tags: [tag],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(route.requestBody
      ? {
          requestBody: {
            required: true,
            content: contentOf(route.requestBody, 'input'),
          },
        }
      : {}),
    responses,
    ...(route.isPublic ? { security: [] } : {}),
    ...(permission ? { 'x-permission': permission } : {}),
  };
}

function describeTexts({
  otherMediaTypes = [],
}: ApiRoute): Record<string, { schema: JsonSchema }> {
  return Object.fromEntries(
    otherMediaTypes.map(mediaType => [
      mediaType,
      { schema: { type: 'string' } },
    ]),
  );
}

function describeParameters(
  place: 'path' | 'query',
  parameters: z.ZodObject | undefined,
): OpenApiParameter[] {
  if (!parameters) {
    return [];
  }
  const { properties, required } = toJsonSchema(parameters, 'input') as {
    properties: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...schema } = property;
    return {
      name,
      in: place,
      required: place === 'path' || (required?.includes(name) ?? false),
      ...(typeof description === 'string' ? { description } : {}),
      schema,
      // One comma list is what is written most; repeating the name works too.
      ...(schema.type === 'array'
        ? { style: 'form' as const, explode: false }
        : {}),
    };
  });
}

function contentOf(schema: z.ZodType, io: 'input' | 'output'): OpenApiContent {
  const name = nameOf(schema);
  return {
    'application/json': {
      schema: name ? { $ref: refTo(name) } : toJsonSchema(schema, io),
    },
  };
}

function describeComponents(): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(COMPONENTS)) {
    registry.add(schema, { id });
  }
  const { schemas } = z.toJSONSchema(registry, {
    uri: refTo,
    override: simplify,
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [
      name,
      withoutIdentity(schema),
    ]),
  );
}

function toJsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  return withoutIdentity(z.toJSONSchema(schema, { io, override: simplify }));
}

/** A component is known by its place in the document, and its dialect by the document's version. */
function withoutIdentity(schema: object): JsonSchema {
  const { $id, $schema, ...rest } = schema as JsonSchema;
  return rest;
}

function simplify({ jsonSchema }: { jsonSchema: JsonSchema }) {
  // Answers may get more properties; clients ignore those they do not know.
  if (jsonSchema.additionalProperties === false) {
    delete jsonSchema.additionalProperties;
  }
  // The format says it, and better than a pattern of 300 characters.
  if (jsonSchema.format === 'date-time') {
    delete jsonSchema.pattern;
  }
}

function nameOf(schema: z.ZodType): string | undefined {
  return Object.keys(COMPONENTS).find(name => COMPONENTS[name] === schema);
}

function refTo(name: string): string {
  return `#/components/schemas/${name}`;
}
