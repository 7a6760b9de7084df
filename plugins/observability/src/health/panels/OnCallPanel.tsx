import { OnCallNow } from '@watchkeeper/backstage-plugin-observability-common';
import { OnCallLevels } from '../../oncall/service/OnCallLevels';
import { Section, useTranslation } from '../../shared';

/** Who is on call at every level, until when, and who is next. */
export function OnCallPanel(props: { onCall: readonly OnCallNow[] }) {
  const t = useTranslation();
  return (
    <Section title={t('health.onCall.title')}>
      <OnCallLevels onCall={props.onCall} />
    </Section>
  );
}
