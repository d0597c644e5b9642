/** A text that cannot be read as GitHub reads it. The message is a clause for a person: `line 3: key "run" twice`. Never a pass. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}
