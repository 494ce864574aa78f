/** A part of the company: rights may reach as far as one's own. */
export interface Department {
  id: string;
  name: string;
  createdAt: Date;
}

export interface DepartmentStore {
  /** By name. A company has tens, not thousands: no paging. */
  all(): Promise<Department[]>;
  get(id: string): Promise<Department | null>;
  /** Ids of the people who belong to it. */
  people(id: string): Promise<string[]>;
  /** Throws `duplicate` for a name that is taken. */
  create(name: string, at: Date): Promise<Department>;
  rename(id: string, name: string): Promise<Department | null>;
  /** `in use`: people belong to it. Null: there is none. */
  remove(id: string): Promise<'removed' | 'in use' | null>;
}
