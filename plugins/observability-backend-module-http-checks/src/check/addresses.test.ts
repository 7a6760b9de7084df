import { classifyAddress } from './addresses';

describe('classifyAddress', () => {
  it.each([
    ['public', ['8.8.8.8', '2606:4700::1111', '::ffff:8.8.8.8']],
    // A public host, as it is seen behind NAT64.
    ['public', ['64:ff9b::808:808']],
    ['private', ['127.0.0.1', '10.1.2.3', '172.16.0.1', '192.168.1.1', '::1']],
    ['private', ['100.64.0.1', '198.18.0.1', '192.0.2.1', '240.0.0.1']],
    ['private', ['fc00::1', 'fd12::1', 'fec0::1', '2001:db8::1']],
    ['private', ['::ffff:127.0.0.1', '::ffff:7f00:1', '64:ff9b::7f00:1']],
    ['private', ['::127.0.0.1', '64:ff9b:1::7f00:1', '2002:7f00:1::']],
    ['never', ['0.0.0.0', '::', '224.0.0.1', 'ff02::1', '255.255.255.255']],
    ['never', ['169.254.169.254', 'fe80::1', 'fe80::1%eth0']],
    ['never', ['::ffff:169.254.169.254', '64:ff9b::a9fe:a9fe']],
    ['never', ['fd00:ec2::254', '100.100.100.200', '192.0.0.192']],
    ['never', ['', 'localhost', '300.1.1.1']],
  ])('counts as %s: %j', (reach, addresses) => {
    for (const address of addresses) {
      expect([address, classifyAddress(address)]).toEqual([address, reach]);
    }
  });
});
