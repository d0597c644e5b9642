/** A command or a value for a message: on one line, without backticks, cut behind a word. */
export function oneLine(text: string, most: number): string {
  const line = text
    .slice(0, most * 8)
    .replace(/[\\`]\r?\n/g, ' ')
    .replace(/\s+/g, ' ')
    .replaceAll('`', '´')
    .trim();
  if (line.length <= most) return line;
  const cut = line.slice(0, most);
  const end = cut.lastIndexOf(' ');
  return `${end > most / 2 ? cut.slice(0, end) : cut} …`;
}
