/**
 * What the loader on the site's page and the widget in its frame say to each other by postMessage. Both sides check the
 * source window and the exact origin, and name the exact origin when they send.
 */

/** Marks our messages among all that pages post. */
export const MARK = 'openline-1';

/** The page the visitor is on. */
export interface HostPage {
  url: string;
  title: string;
  referrer: string;
}

/** Loader to widget. */
export type ToWidget =
  | {
      type: 'init';
      token: string | null;
      identity: string | null;
      page: HostPage;
      /** The widget covers the whole screen. */
      phone: boolean;
    }
  | { type: 'shown'; on: boolean; page: HostPage }
  | { type: 'phone'; on: boolean }
  | { type: 'page'; page: HostPage }
  /** Another tab of the site became known, or forgot. */
  | { type: 'token'; token: string | null }
  | { type: 'identify'; identity: string }
  | { type: 'reset' };

/** Widget to loader. */
export type ToLoader =
  | {
      type: 'ready';
      title: string;
      color: string;
      /** Colour that is readable on `color`. */
      ink: string;
      position: 'right' | 'left';
      /** Right to left. */
      rtl: boolean;
    }
  /** `label` and `closeLabel`: what the button is called by a screen reader. */
  | { type: 'unread'; count: number; label: string; closeLabel: string }
  /** Somebody wrote while the widget was closed. */
  | { type: 'message'; name: string; text: string }
  | { type: 'close' }
  | { type: 'token'; token: string | null };

/** A message as it is posted. */
export type Posted<M> = M & { mark: typeof MARK };
