import { listAudit } from '../api/operations.ts';
import { text } from '../text/index.ts';
import { dateTime } from '../text/time.ts';
import { Empty } from '../ui/feedback.tsx';
import { PagedTable } from '../ui/paged-table.tsx';
import { usePages } from '../ui/use-pages.ts';
import { SectionHead } from './section-head.tsx';

const words = text.settings.audit;

/** Who did what, newest first. */
export function AuditSection() {
  const pages = usePages(listAudit, 'audit');
  return (
    <>
      <SectionHead title={text.settings.nav.audit} intro={words.intro} />
      <PagedTable
        label={text.settings.nav.audit}
        pages={pages}
        columns={[words.when, words.who, words.what, words.address]}
        row={(entry) => (
          <>
            <td class="muted when">{dateTime(entry.at)}</td>
            <td>{entry.who.name}</td>
            <td>{entry.detail || entry.act}</td>
            <td class="muted">{entry.address}</td>
          </>
        )}
        empty={<Empty icon="audit" title={words.empty} help={words.emptyHelp} />}
      />
    </>
  );
}
