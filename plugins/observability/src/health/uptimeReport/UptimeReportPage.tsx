import { useSearchParams } from 'react-router-dom';
import { Scope, Section, useTranslation } from '../../shared';
import { monthsUntil } from './months';
import { UptimeReportView } from './UptimeReportView';
import styles from './report.module.css';

/** The uptime of a service in a month, of which the address says which. */
export function UptimeReportPage() {
  const [parameters, setParameters] = useSearchParams();
  const t = useTranslation();
  const entityRef = parameters.get('entityRef');
  const months = monthsUntil(new Date());
  const wanted = parameters.get('month');
  const month = wanted && months.includes(wanted) ? wanted : months[0];
  return (
    <Scope>
      <div className={styles.report}>
        {entityRef ? (
          <UptimeReportView
            key={entityRef}
            entityRef={entityRef}
            month={month}
            months={months}
            onMonthChange={chosen =>
              setParameters(
                current => {
                  current.set('month', chosen);
                  return current;
                },
                { replace: true },
              )
            }
          />
        ) : (
          <Section title={t('health.uptime.report.title')}>
            {t('health.uptime.report.noEntity')}
          </Section>
        )}
      </div>
    </Scope>
  );
}
