import { describe, expect, it } from 'vitest';
import { errorDocument, reportFaultsTo } from './error-document.ts';

describe('an answer to what the store throws', () => {
  it('says that the file is damaged when a page cannot be read', () => {
    const heard: unknown[] = [];
    reportFaultsTo((error) => heard.push(error));
    const thrown = new Error('MDB_PAGE_NOTFOUND: Requested page not found');
    expect(errorDocument(thrown)).toMatchObject({
      ok: 0,
      code: 285,
      codeName: 'DataCorruptionDetected',
      errmsg: expect.stringContaining('data.mdb is damaged: a page is not readable') as string,
    });
    expect(heard).toEqual([thrown]);
  });

  it('hides no other fault behind that', () => {
    const thrown = new Error('something else');
    expect(errorDocument(thrown)).toMatchObject({ code: 8, errmsg: 'something else' });
  });
});
