/**
 * `npm run demo`: one pull request, from the webhook to the review, on real parts: the built App as a process of its own with its
 * embedded PostgreSQL, real HTTP, and a simulated GitHub that refuses what GitHub refuses. `-- --keep` leaves the page open.
 */
import { rmSync } from 'node:fs';
import type { CheckRun } from '../simulator/entities.ts';
import type { SimulatedPull } from '../simulator/pull.ts';
import { startSimulator } from '../simulator/simulator.ts';
import { startApp } from '../simulator/stage.ts';
import { temporaryFolder } from '../simulator/temporary-folder.ts';
import { before, history, mended, proposed } from './demo/workflows.ts';

const keep = process.argv.includes('--keep');
const colour = process.stdout.isTTY === true && !process.env.NO_COLOR;
const bold = (text: string) => (colour ? `\u001b[1m${text}\u001b[0m` : text);

function heading(text: string): void {
  console.log(`\n${bold(`── ${text} `.padEnd(100, '─'))}`);
}

function indented(text: string | null): string {
  return (text ?? '').replace(/^/gm, '  ');
}

function showCheck(check: CheckRun | undefined): void {
  if (!check) throw new Error('the App posted no check run');
  console.log(`${bold(`check run ${check.name}: ${check.conclusion ?? check.status}`)}  ${check.title}\n`);
  console.log(indented(check.summary));
  if (check.annotations.length > 0) console.log(`\n  ${bold(`${check.annotations.length} annotations`)}`);
  for (const each of check.annotations) {
    console.log(
      `  ${each.path}:${each.start_line} ${each.annotation_level}: ${each.title ?? each.message.split('\n')[0]}`,
    );
  }
}

function showThreads(pull: SimulatedPull): void {
  for (const thread of pull.threads) {
    const state = thread.resolvedBy ? 'resolved' : thread.line === null ? 'outdated' : 'open';
    console.log(`\n  ${bold(`${thread.path}:${thread.line ?? thread.originalLine}`)} (${state})`);
    for (const comment of thread.comments) {
      console.log(indented(indented(`${comment.author.login}: ${comment.body.replace(/\n?<!--[\s\S]*?-->/g, '')}`)));
    }
  }
}

async function show(): Promise<void> {
  const github = await startSimulator({ port: keep ? 4567 : 0 });
  const folder = temporaryFolder();
  const app = await startApp(github, { folder });
  const end = async () => {
    await app.stop();
    await github.close();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const repository = await github.repository('octo-shop', 'storefront');
    await repository.history('main', [...history(120), { files: before, message: 'Add CI' }]);
    await github.install('octo-shop');
    repository.setPermission('mona', 'write');

    heading('mona opens a pull request: "Preview, triage and release"');
    await repository.commit('automation', proposed, 'Preview, triage and release', { by: 'mona' });
    const pull = await repository.openPull({ head: 'automation', title: 'Preview, triage and release', by: 'mona' });
    await app.idle();
    showCheck(pull.checkRuns().at(-1));
    const [review] = pull.reviews;
    if (!review) throw new Error('the App posted no review');
    heading('its review');
    console.log(indented(review.body));
    showThreads(pull);
    const opened = pull.threads.length;

    heading('mona pushes a fix for two of them');
    await pull.push(mended, 'Treat the title as data, build previews without secrets');
    await app.idle();
    showCheck(pull.checkRuns().at(-1));
    heading(
      `its ${opened} threads now: ${opened - pull.threads.length} removed with their comment, ${pull.threads.length} left`,
    );
    showThreads(pull);

    heading('mona comments: /gargoyle rescan');
    const comment = await pull.comment('mona', '/gargoyle rescan');
    await app.idle();
    console.log(
      `  reactions to the comment: ${comment.reactions.map((each) => `${each.content} by ${each.user.login}`).join(', ')}`,
    );
    const checks = pull.checkRuns();
    console.log(
      `  check runs of ${pull.head.slice(0, 8)}: ${checks.map((each) => `#${each.id} ${each.conclusion}`).join(', ')}`,
    );
    if (comment.reactions.length === 0 || checks.length < 2) throw new Error('the rescan was not answered');

    const problems = github.problems();
    for (const problem of problems) console.error('breach of the contract:', problem);
    if (problems.length > 0) throw new Error(`${problems.length} breaches of GitHub's contract`);
    heading(`${github.requests().length} requests to GitHub in all, every one valid by its published contract`);
    if (!keep) return await end();
    console.log(`\nThe pull request as a person sees it: ${pull.url}   (Ctrl-C ends)`);
    // Whatever ends us, the App and its database must not outlive us.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => void end().then(() => process.exit(0)));
    }
  } catch (error) {
    await end();
    throw error;
  }
}

await show();
