import type { State } from '../state/state.ts';
import type { Store } from '../state/store.ts';
import { words } from '../text/words.ts';

/** The text a visitor agrees to before the first message. */
export function Consent({ state, store }: { state: State; store: Store<State> }) {
  const { t } = words;
  const { appearance, visitor, agreed } = state;
  if (!appearance.consent || visitor?.consented) return null;
  return (
    <label class="consent">
      <input
        type="checkbox"
        id="consent"
        checked={agreed}
        onChange={({ currentTarget }) =>
          store.set({ agreed: currentTarget.checked, trouble: null })
        }
      />
      <span>
        {appearance.consent}{' '}
        {appearance.consentLink && (
          <a href={appearance.consentLink} target="_blank" rel="noopener noreferrer">
            {t('privacy')}
          </a>
        )}
      </span>
    </label>
  );
}
