import type { Generated } from '../generate.ts';

/** docs/rules. */
export async function rulePages(): Promise<readonly Generated[]> {
  return [];
}
