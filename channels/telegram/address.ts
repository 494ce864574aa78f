/**
 * What Openline keeps as the chat's id, and how it becomes a reply address again.
 * Today a private chat is Telegram's own chat id. Topics of a staff group and chats of a Business
 * connection get their forms here, and nowhere else.
 */
export function chatAddress(chatId: number): string {
  return String(chatId);
}

/** The fields that address a call; null when the text is no address of ours. */
export function targetOf(address: string): { chat_id: number } | null {
  if (!/^-?\d{1,16}$/.test(address)) return null;
  const chat_id = Number(address);
  return Number.isSafeInteger(chat_id) ? { chat_id } : null;
}

/** Message ids as numbers; null when one is none of Telegram's. */
export function messageNumber(id: string | undefined): number | null {
  return id !== undefined && /^\d{1,16}$/.test(id) ? Number(id) : null;
}
