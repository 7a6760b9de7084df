export * from './createWebhookIngressModule';
export * from './verifyHmac';
