export * from './ApiRoute';
export * from './createOpenApiDocument';
export * from './errorBody';
export * from './healthRoutes';
export * from './onCallMessages';
export * from './onCallRoutes';
export * from './restoreTestRoutes';
export * from './uptimeRoutes';
