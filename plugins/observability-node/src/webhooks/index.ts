export * from './createWebhookIngressModule';
