import { cronFault, isTimeZone } from '../engine/model/cron.ts';
import { mapOf, scalarOf, sequenceOf } from '../engine/model/nodes.ts';
import { defineRule } from '../engine/rule.ts';

export const cron = defineRule({
  id: 'cron',
  severity: 'low',
  section: 'Correctness',
  summary: 'Schedule that GitHub refuses or thins out',
  why: 'GitHub reads five fields of POSIX cron and starts a run every five minutes at most. A schedule beyond that is refused, with all other triggers of the workflow, or runs seldomer than it says.',
  remedy:
    'Write minute, hour, day of the month, month and day of the week, at least five minutes apart, and a time zone of the IANA database.',
  peers: ['actionlint: events'],
  visit: {
    *workflow(workflow) {
      for (const item of sequenceOf(workflow.find('on', 'schedule'))?.items ?? []) {
        const node = mapOf(item);
        const pattern = scalarOf(node?.get('cron'));
        const found = pattern && cronFault(pattern.text);
        if (found) {
          const prefix = found.isLegal ? '' : 'GitHub refuses the schedule: ';
          yield { at: workflow.source.at(pattern), message: prefix + found.message };
        }
        const zone = scalarOf(node?.get('timezone'));
        if (!zone || isTimeZone(zone.text)) continue;
        yield {
          at: workflow.source.at(zone),
          message: `GitHub refuses the schedule: no time zone is called \`${zone.text}\``,
        };
      }
    },
  },
});
