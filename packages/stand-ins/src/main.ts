import { startPagerDutyStandIn } from './pagerduty';
import { startSentryStandIn } from './sentry';
import type { StandIn } from './shared/StandInServer';
import { startSupabaseStandIn } from './supabase';
import { startUptimeRobotStandIn } from './uptimerobot';
import { startVisionCrmSite } from './visioncrmSite';

const stands: {
  name: string;
  portVariable: string;
  port: number;
  start(port: number): Promise<StandIn>;
}[] = [
  {
    name: 'Sentry',
    portVariable: 'STAND_INS_PORT_SENTRY',
    port: 7201,
    start: port => startSentryStandIn({ port }),
  },
  {
    name: 'UptimeRobot',
    portVariable: 'STAND_INS_PORT_UPTIMEROBOT',
    port: 7202,
    start: port => startUptimeRobotStandIn({ port }),
  },
  {
    name: 'Supabase',
    portVariable: 'STAND_INS_PORT_SUPABASE',
    port: 7203,
    start: port => startSupabaseStandIn({ port }),
  },
  {
    name: 'PagerDuty',
    portVariable: 'STAND_INS_PORT_PAGERDUTY',
    port: 7204,
    start: port => startPagerDutyStandIn({ port }),
  },
  {
    name: 'the site of VisionCRM',
    portVariable: 'STAND_INS_PORT_SITE',
    port: 7205,
    start: port => startVisionCrmSite({ port }),
  },
];

/** Starts every stand-in on its port, and stops them all with the process. */
async function main(): Promise<void> {
  const running: StandIn[] = [];
  const stop = async () => {
    await Promise.all(running.map(standIn => standIn.close()));
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }

  try {
    for (const { name, portVariable, port, start } of stands) {
      const standIn = await start(readPort(portVariable, port));
      running.push(standIn);
      process.stdout.write(`Stand-in of ${name}: ${standIn.url}\n`);
    }
  } catch (error) {
    await stop();
    throw error;
  }
}

function readPort(variable: string, usual: number): number {
  const text = process.env[variable];
  if (!text) return usual;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Error(`${variable} is not a port: '${text}'`);
  }
  return port;
}

main().catch(error => {
  process.stderr.write(
    `${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exit(1);
});
