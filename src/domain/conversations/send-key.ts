/** The key of one send: the message's id, and the step's number where a message takes several sends. */
export function sendKey(messageId: string, step: number, steps: number): string {
  return steps === 1 ? messageId : `${messageId}-${step}`;
}

/** The message a send's key belongs to. */
export function messageOfKey(key: string): string {
  return key.split('-', 1)[0] ?? key;
}
