export * from './ApiRoute';
export * from './createOpenApiDocument';
export * from './errorBody';
export * from './healthRoutes';
export * from './uptimeRoutes';
