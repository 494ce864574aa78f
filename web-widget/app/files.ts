import { upload } from './link/upload.ts';
import type { Uploading } from './link/upload.ts';
import { needsConsent } from './state/state.ts';
import type { Draft, State } from './state/state.ts';
import type { Store } from './state/store.ts';
import { words } from './text/words.ts';

const MOST = 10;
const MOST_BYTES = 20 * 1024 * 1024;

/** The files beside the text that is being written. */
export interface Files {
  add(files: Iterable<File>): void;
  remove(key: string): void;
  clear(): void;
}

/** Uploads files as soon as they are added; each shows how far it is. */
export function createFiles(
  store: Store<State>,
  { line, known }: { line: string; known(): Promise<string> },
): Files {
  const { t } = words;
  const running = new Map<string, Uploading>();
  let serial = 0;

  const change = (key: string, draft: Partial<Draft>): void =>
    store.set({
      drafts: store.get().drafts.map((one) => (one.key === key ? { ...one, ...draft } : one)),
    });
  const drop = (key: string): void => {
    running.get(key)?.cancel();
    running.delete(key);
    const gone = store.get().drafts.find((one) => one.key === key);
    if (gone?.preview) URL.revokeObjectURL(gone.preview);
    store.set({ drafts: store.get().drafts.filter((one) => one.key !== key) });
  };

  const begin = async (key: string, file: File): Promise<void> => {
    try {
      const token = await known();
      if (!store.get().drafts.some((one) => one.key === key)) return;
      const uploading = upload(file, line, token, (progress) => change(key, { progress }));
      running.set(key, uploading);
      const uploaded = await uploading.done;
      running.delete(key);
      change(key, { uploaded, progress: 1 });
    } catch (error) {
      if (!store.get().drafts.some((one) => one.key === key)) return;
      drop(key);
      const said = error instanceof Error ? error.message : '';
      store.set({ trouble: `${t('fileFailed', { name: file.name })} ${said}`.trim() });
    }
  };

  return {
    add(files) {
      if (needsConsent(store.get())) {
        store.set({ trouble: t('consentFirst') });
        return;
      }
      store.set({ trouble: null });
      for (const file of files) {
        const { name, size } = file;
        if (store.get().drafts.length >= MOST) {
          store.set({ trouble: t('tooManyFiles') });
          return;
        }
        if (size === 0 || size > MOST_BYTES) {
          store.set({ trouble: t(size === 0 ? 'fileEmpty' : 'fileTooLarge', { name }) });
          continue;
        }
        const key = String(++serial);
        const preview = /^image\/(png|jpeg|gif|webp|avif)$/.test(file.type)
          ? URL.createObjectURL(file)
          : null;
        store.set({
          drafts: [
            ...store.get().drafts,
            { key, name, size, preview, progress: 0, uploaded: null },
          ],
        });
        void begin(key, file);
      }
    },
    remove: drop,
    clear() {
      for (const { key } of store.get().drafts) drop(key);
    },
  };
}
