import { useEffect, useRef } from 'preact/hooks';
import { showTyping } from '../live/socket.ts';

/** Tells the other side that somebody types; stops by itself. */
export function useTypingSignal(id: string): (typed: string) => void {
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const sentAt = useRef(0);
  const stop = () => {
    if (timer.current) clearTimeout(timer.current);
    timer.current = null;
    if (sentAt.current) showTyping(id, false);
    sentAt.current = 0;
  };
  useEffect(() => stop, [id]);
  return (typed) => {
    if (typed === '') return stop();
    if (Date.now() - sentAt.current > 4_000) {
      sentAt.current = Date.now();
      showTyping(id, true);
    }
    if (timer.current) clearTimeout(timer.current);
    timer.current = setTimeout(stop, 5_000);
  };
}
