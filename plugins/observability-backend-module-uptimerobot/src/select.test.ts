import { Entity } from '@backstage/catalog-model';
import { selectMonitors } from './select';

function entityWith(annotations: Record<string, string>): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'web', annotations },
  };
}

function select(
  annotations: Record<string, string>,
  instances: string[] = ['default'],
  instance = instances[0],
) {
  const { targets, misconfigurations } = selectMonitors(
    entityWith(annotations),
    { instance, instances },
  );
  return {
    targets: targets.map(({ key, candidate }) => (candidate ? `${key}?` : key)),
    problems: misconfigurations.map(({ message }) => message),
  };
}

describe('selectMonitors', () => {
  it.each([
    ['12', ['12']],
    ['12+3', ['12+3']],
    [' 3 , 12 ,, 3', ['12+3']],
    ['apiKey=default,monitors=12+3', ['12+3']],
    ['apiKey = default , monitors = 12 + 3 ; ', ['12+3']],
    ['apiKey=default,monitors=12;apiKey=default,monitors=3', ['12+3']],
  ])('reads the ids of %j as one target', (value, targets) => {
    expect(select({ 'uptimerobot.com/monitors': value })).toEqual({
      targets,
      problems: [],
    });
  });

  it('gives each of several keys its own monitors', () => {
    const annotations = {
      'uptimerobot.com/monitors':
        'apiKey=acme,monitors=1+2;apiKey=other,monitors=3',
    };
    const instances = ['acme', 'other'];
    expect(select(annotations, instances, 'acme').targets).toEqual(['1+2']);
    expect(select(annotations, instances, 'other').targets).toEqual(['3']);
  });

  it('leaves it to the accounts who has monitors that are named without a key', () => {
    const annotations = { 'uptimerobot.com/monitors': '1+2' };
    expect(select(annotations, ['acme', 'other']).targets).toEqual([
      '1?',
      '2?',
    ]);
  });

  it.each([
    [{ 'backstage.io/uptimerobot': 'true' }, ['name=web']],
    [{ 'backstage.io/uptimerobot': ' Shop Front ' }, ['name=shop front']],
    [{ 'backstage.io/uptimerobot': 'false' }, []],
    [
      { 'backstage.io/uptimerobot-monitor-url': 'https://Shop.example/' },
      ['url=https://shop.example'],
    ],
    [
      {
        'backstage.io/uptimerobot': 'true',
        'backstage.io/uptimerobot-monitor-url': 'https://shop.example/a/',
      },
      ['url=https://shop.example/a'],
    ],
    [
      {
        'backstage.io/uptimerobot': 'false',
        'backstage.io/uptimerobot-monitor-url': 'https://shop.example/a/',
      },
      [],
    ],
    [
      {
        'uptimerobot.com/monitors': '7',
        'backstage.io/uptimerobot': 'Shop',
      },
      ['7+name=shop'],
    ],
    [{}, []],
  ])('reads %j as the other plugins do', (annotations, targets) => {
    expect(select(annotations as Record<string, string>)).toEqual({
      targets,
      problems: [],
    });
  });

  it.each([
    [{ 'uptimerobot.com/monitors': '' }, /names no monitor/],
    [{ 'uptimerobot.com/monitors': 'shop' }, /"shop" cannot be read/],
    [{ 'uptimerobot.com/monitors': 'apiKey=default' }, /cannot be read/],
    [
      { 'uptimerobot.com/monitors': 'apiKey=none,monitors=1' },
      /No UptimeRobot instance "none" is configured: the configured ones are default/,
    ],
    [{ 'backstage.io/uptimerobot': '' }, /expected the name of a monitor/],
    [
      { 'backstage.io/uptimerobot-monitor-url': 'shop.example' },
      /expected the URL/,
    ],
  ])('says what is wrong with %j', (annotations, message) => {
    const { targets, problems } = select(annotations as Record<string, string>);
    expect(targets).toEqual([]);
    expect(problems).toEqual([expect.stringMatching(message)]);
  });
});
