import type { Facts } from '../engine/facts.ts';
import { pinEdits } from '../engine/model/pin.ts';
import { replace } from '../engine/model/source.ts';
import type { Uses } from '../engine/model/uses.ts';
import type { Variables } from '../engine/model/variables.ts';
import { defineRule, type Problem, type ProposedFix } from '../engine/rule.ts';
import { oldRuntimeOf, removedRuntime } from '../engine/runtimes.ts';
import { CURRENT_RUNTIME, REMOVED_RUNTIMES } from '../knowledge/action-runtimes.ts';

export const deprecatedNodeRuntime = defineRule({
  id: 'deprecated-node-runtime',
  severity: 'medium',
  section: 'Hygiene',
  summary: 'An action is made for a Node.js that the runner has removed',
  why: 'The runner starts it with a newer Node.js than it was written and tested for. Releases for a removed one get no fixes any more, and Node.js itself got none for months before it was removed.',
  remedy: 'Move to the newest major of the action; in an action of your own, to the current runtime.',
  peers: ['actionlint: action', 'sisakulint: deprecated-node-runtime'],
  visit: {
    *uses(uses, { facts }) {
      const old = oldRuntimeOf(uses, facts);
      if (!old) return;
      const { runtime, through, upgrade, by } = old;
      const whose = through ? `\`${uses.slug}\` uses \`${through}\`, which` : `\`${uses.value.trim()}\``;
      yield {
        at: uses.ref ?? uses,
        message: `${whose} is made for ${runtime}, which runners have not had since ${REMOVED_RUNTIMES[runtime]}${upgrade ? `; \`${upgrade}\` is for ${CURRENT_RUNTIME}` : ''}`,
        // One finding for a file: they are brought up to date together.
        route: '',
        subject: runtime === 'node20' ? 'actions on node20' : 'actions',
        member: `${uses.slug.toLowerCase()} on ${runtime}`,
        // What was made for the last one runs on its successor, and update tools move it on.
        audience: runtime === 'node20' ? 'pedantic' : 'regular',
        confidence: by === 'comment' ? 'low' : 'high',
        fix: upgrade ? upgradeOf(uses, upgrade, facts) : null,
      };
    },
    *action(action) {
      const { using } = action;
      const runtime = using && removedRuntime(using.value);
      if (!using || !runtime) return;
      yield {
        at: using,
        message: `This action is made for ${runtime}, which runners have not had since ${REMOVED_RUNTIMES[runtime]}`,
        subject: 'runs.using',
        fix: {
          title: `Use ${CURRENT_RUNTIME}`,
          safe: false,
          edits: [using.replace(0, using.value.length, CURRENT_RUNTIME)],
        },
      };
    },
    *workflow(workflow) {
      yield* insisted(workflow.env);
    },
    *job(job) {
      yield* insisted(job.env);
    },
    *step(step) {
      yield* insisted(step.env);
    },
  },
});

/** The way out that runners offer for a while after each removal. */
function* insisted(env: Variables): Iterable<Problem> {
  const variable = env.get('ACTIONS_ALLOW_USE_UNSECURE_NODE_VERSION');
  if (!variable || !/^(true|1|yes|y)$/i.test(variable.text.value.trim())) return;
  yield {
    at: variable.key,
    message: 'This asks the runner for a Node.js that gets no security fixes, for every action that was made for it',
    subject: 'ACTIONS_ALLOW_USE_UNSECURE_NODE_VERSION',
  };
}

/** A tag like `v4` becomes the next major's; a pin moves to that one's commit, where it is known. */
function upgradeOf(uses: Uses, tag: string, facts: Facts): ProposedFix | null {
  const { ref } = uses;
  const fact = facts.ref(uses, tag);
  const edits = uses.isPinned
    ? fact?.sha && pinEdits(uses, fact.sha, fact.tag ?? tag)
    : ref && /^v\d+$/.test(ref.value) && [replace(ref, tag)];
  return edits ? { title: `Move to \`${tag}\``, safe: false, edits } : null;
}
