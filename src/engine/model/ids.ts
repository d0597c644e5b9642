/** Why GitHub refuses the id of a job or step, in a clause; null when it doesn't. */
export function idFault(id: string): string | null {
  if (!/^[A-Za-z_]/.test(id)) return 'it must begin with a letter or `_`';
  if (!/^[A-Za-z0-9_-]+$/.test(id)) return 'it may hold letters, digits, `-` and `_` only';
  if (id.startsWith('__')) return 'ids that begin with `__` are reserved';
  return id.length >= 100 ? 'it must be shorter than 100 characters' : null;
}
