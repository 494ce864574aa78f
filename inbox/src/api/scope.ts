/** Whose a list shows: those of a line, of the people of a department, of one person; empty: everybody's. */
export interface Scope {
  lineId?: string;
  departmentId?: string;
  ownerId?: string;
}

/** The server's filters for it. */
export const scopeQuery = ({ lineId, departmentId, ownerId }: Scope) => ({
  'filter[line]': lineId,
  'filter[department]': departmentId,
  'filter[owner]': ownerId,
});
