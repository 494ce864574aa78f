import { useEffect, useRef } from 'preact/hooks';
import { showTyping } from '../live/socket.ts';

/** Tells the others that somebody types, and whether a note; stops by itself. */
export function useTypingSignal(id: string): (typed: string, note: boolean) => void {
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const sent = useRef<{ at: number; note: boolean } | null>(null);
  const stop = () => {
    if (timer.current) clearTimeout(timer.current);
    timer.current = null;
    if (sent.current) showTyping(id, false, sent.current.note);
    sent.current = null;
  };
  useEffect(() => stop, [id]);
  return (typed, note) => {
    if (typed === '') return stop();
    if (sent.current && sent.current.note !== note) stop();
    if (Date.now() - (sent.current?.at ?? 0) > 4_000) {
      sent.current = { at: Date.now(), note };
      showTyping(id, true, note);
    }
    if (timer.current) clearTimeout(timer.current);
    timer.current = setTimeout(stop, 5_000);
  };
}
