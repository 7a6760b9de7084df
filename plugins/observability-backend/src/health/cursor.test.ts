import { decodeCursor, encodeCursor } from './cursor';

describe('cursors', () => {
  it('come back as they were', () => {
    const cursor = {
      direction: 'before' as const,
      position: {
        rank: 3,
        since: '2026-11-24T12:00:00.000Z',
        entityRef: 'component:default/web',
      },
    };
    expect(decodeCursor(encodeCursor(cursor))).toEqual(cursor);
  });

  it.each([
    'garbage',
    '',
    Buffer.from('{}').toString('base64url'),
    Buffer.from('["after",1,"x"]').toString('base64url'),
    Buffer.from('["sideways",1,"x","y"]').toString('base64url'),
    Buffer.from('["after",1e300,"x","y"]').toString('base64url'),
    Buffer.from('["after",1.5,"x","y"]').toString('base64url'),
    Buffer.from('["after",1,"x","nul\\u0000"]').toString('base64url'),
  ])('are refused when they are none of ours: %p', text => {
    expect(() => decodeCursor(text)).toThrow(
      expect.objectContaining({
        name: 'InputError',
        message: expect.stringContaining('cursor'),
      }),
    );
  });
});
