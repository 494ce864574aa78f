import { listAudit } from '../api/operations.ts';
import { text } from '../text/index.ts';
import { dateTime } from '../text/time.ts';
import { Button } from '../ui/button.tsx';
import { Empty, Loading, Problem } from '../ui/feedback.tsx';
import { usePages } from '../ui/use-pages.ts';
import { SectionHead } from './section-head.tsx';

const words = text.settings.audit;

/** Who did what, newest first. */
export function AuditSection() {
  const pages = usePages(listAudit, 'audit');
  return (
    <>
      <SectionHead title={text.settings.nav.audit} intro={words.intro} />
      {pages.error && <Problem error={pages.error} retry={pages.again} />}
      {pages.items.length > 0 && (
        <table class="table">
          <thead>
            <tr>
              {[words.when, words.who, words.what, words.address].map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {pages.items.map((entry) => (
              <tr key={entry.id}>
                <td class="muted when">{dateTime(entry.at)}</td>
                <td>{entry.who.name}</td>
                <td>{entry.detail || entry.act}</td>
                <td class="muted">{entry.address}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {pages.loading && <Loading />}
      {!pages.loading && !pages.error && pages.items.length === 0 && (
        <Empty icon="audit" title={words.empty} help={words.emptyHelp} />
      )}
      {pages.more && !pages.loading && (
        <div class="more">
          <Button onClick={pages.next}>{text.act.more}</Button>
        </div>
      )}
    </>
  );
}
