import { mockServices } from '@backstage/backend-test-utils';
import { HealthSignals } from './HealthSignals';

describe('HealthSignals', () => {
  const logger = mockServices.logger.mock();
  const signals = { publish: jest.fn() };
  const healthSignals = new HealthSignals({ signals, logger });

  beforeEach(() => jest.resetAllMocks());

  it('tells the pages of an entity and those that list all, without any data', async () => {
    await healthSignals.publish({
      entityRefs: ['component:default/web'],
      anything: true,
    });
    expect(signals.publish.mock.calls).toEqual(
      [
        'observability:entities',
        'observability:entity:component:default/web',
      ].map(channel => [
        { recipients: { type: 'broadcast' }, channel, message: {} },
      ]),
    );
  });

  it('tells only the lists of what is merely fresher, and nobody of nothing', async () => {
    await healthSignals.publish({ entityRefs: [], anything: false });
    expect(signals.publish).not.toHaveBeenCalled();
    await healthSignals.publish({ entityRefs: [], anything: true });
    expect(signals.publish).toHaveBeenCalledTimes(1);
  });

  it('leaves a flood to the pages themselves, and never fails', async () => {
    signals.publish.mockRejectedValueOnce(new Error('no broker'));
    await healthSignals.publish({
      entityRefs: Array.from({ length: 5000 }, (_, index) => `x:y/${index}`),
      anything: true,
    });
    expect(signals.publish.mock.calls.length).toBeLessThanOrEqual(101);
    expect(logger.warn).toHaveBeenCalledTimes(1);
  });
});
