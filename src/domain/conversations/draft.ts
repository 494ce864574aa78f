/** What somebody has written in a talk and not sent: theirs alone, on all their devices. */
export interface Draft {
  userId: string;
  conversationId: string;
  text: string;
  /** To be an internal note. */
  note: boolean;
  updatedAt: Date;
}

/** Drafts; one that nobody has touched for 90 days is forgotten. */
export interface DraftStore {
  /** The latest first, at most 200. */
  ofUser(userId: string): Promise<Draft[]>;
  save(draft: Draft): Promise<void>;
  remove(userId: string, conversationId: string): Promise<void>;
}
