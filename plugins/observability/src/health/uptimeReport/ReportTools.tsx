import { Button, Select } from '@backstage/ui';
import { RiDownloadLine, RiPrinterLine } from '@remixicon/react';
import { useState } from 'react';
import { entityName, useFormat, useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { saveFile } from './saveFile';
import styles from './report.module.css';

/** Which month, and the report on paper or as a file. */
export function ReportTools(props: {
  entityRef: string;
  month: string;
  months: readonly string[];
  onMonthChange(month: string): void;
  download: (() => Promise<Blob>) | undefined;
}) {
  const { entityRef, month, months, onMonthChange, download } = props;
  const t = useTranslation();
  const format = useFormat();
  const [isPending, setPending] = useState(false);
  const [notice, setNotice] = useState('');

  async function save() {
    if (!download) {
      return;
    }
    setPending(true);
    setNotice('');
    try {
      saveFile(
        await download(),
        `uptime-${entityName(entityRef)}-${month}.csv`,
      );
      setNotice(t('health.uptime.report.downloaded'));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      setNotice(t('health.uptime.report.downloadFailed', { message }));
    }
    setPending(false);
  }

  return (
    <div className={styles.tools}>
      <div className={styles.month}>
        <Select
          aria-label={t('health.uptime.report.month')}
          size="small"
          options={months.map(value => ({
            value,
            label: format.utcMonth(value),
          }))}
          value={month}
          onChange={value => {
            if (typeof value === 'string') {
              setNotice('');
              onMonthChange(value);
            }
          }}
        />
      </div>
      <Button
        size="small"
        variant="secondary"
        iconStart={<RiPrinterLine aria-hidden="true" />}
        isDisabled={!download}
        onPress={() => window.print()}
      >
        {t('health.uptime.report.print')}
      </Button>
      <Button
        size="small"
        variant="secondary"
        iconStart={<RiDownloadLine aria-hidden="true" />}
        isDisabled={!download}
        isPending={isPending}
        onPress={save}
      >
        {t('health.uptime.report.download')}
      </Button>
      <span role="status" className={`${text.small} ${text.secondary}`}>
        {notice}
      </span>
    </div>
  );
}
