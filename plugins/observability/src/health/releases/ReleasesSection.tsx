import { providerName, RefreshControl, useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { KindSection } from '../KindSection';
import { limitsOf, SignalOf } from '../signals';
import { ReleaseTable } from './ReleaseTable';
import { RollBackLine } from './RollBackLine';

/** What was released, how it fares, and whether it should be taken back. */
export function ReleasesSection(props: {
  signals: readonly SignalOf<'releases'>[];
  control: RefreshControl;
}) {
  const { signals, control } = props;
  const t = useTranslation();
  return (
    <KindSection kind="releases" signals={signals} control={control}>
      {signal => {
        const releases = signal.data?.releases ?? [];
        const [newest] = releases;
        if (!newest) {
          return (
            <span className={text.secondary}>
              {t('health.releases.none', {
                source: providerName(signal.source.provider),
              })}
            </span>
          );
        }
        return (
          <>
            {newest.verdict === 'roll-back' && (
              <RollBackLine
                release={newest}
                limit={limitsOf(signal, 'releases.regression').critical}
              />
            )}
            <ReleaseTable releases={releases} />
          </>
        );
      }}
    </KindSection>
  );
}
