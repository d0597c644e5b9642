/** A unified diff of two texts with two lines of context, without file headers; '' when they are equal. Quadratic: for examples. */
export function lineDiff(before: string, after: string): string {
  const lines = script(before.replace(/\n$/, '').split('\n'), after.replace(/\n$/, '').split('\n'));
  const isNear = (index: number) =>
    lines.slice(Math.max(0, index - 2), index + 3).some((line) => !line.startsWith(' '));
  const shown: string[] = [];
  for (const [index, line] of lines.entries()) {
    if (isNear(index)) shown.push(line);
    else if (shown.length > 0 && shown.at(-1) !== '@@') shown.push('@@');
  }
  return (shown.at(-1) === '@@' ? shown.slice(0, -1) : shown).join('\n');
}

/** Each line with ` `, `-` or `+` before it, by longest common subsequence. */
function script(before: readonly string[], after: readonly string[]): readonly string[] {
  const width = after.length + 1;
  const lengths = new Uint32Array((before.length + 1) * width);
  const length = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] =
        before[i] === after[j] ? length(i + 1, j + 1) + 1 : Math.max(length(i + 1, j), length(i, j + 1));
    }
  }
  const lines: string[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      lines.push(` ${before[i]}`);
      i += 1;
      j += 1;
    } else if (i < before.length && (j === after.length || length(i + 1, j) >= length(i, j + 1))) {
      lines.push(`-${before[i]}`);
      i += 1;
    } else {
      lines.push(`+${after[j]}`);
      j += 1;
    }
  }
  return lines;
}
