// 大屏的评委打分与亮分：打分时只显示已打分、打分中；亮分的每一步只画服务器给出的内容。
import { cell, fill, list, part, show } from './screen-parts.js';

const placed = place => (place.endsWith('=') ? `并列第 ${place.slice(0, -1)} 名` : `第 ${place} 名`);

function judgeRow(row, judge, step) {
  const isMarked = step > 0;
  cell(row, 'seat', `评委 ${judge.seat}`);
  cell(row, 'mark', isMarked ? judge.mark ?? '—' : judge.done ? '' : '…');
  const dropped = { high: '去最高', low: '去最低' }[judge.dropped];
  cell(row, 'note', isMarked ? dropped ?? (judge.done ? '' : '未打分') : judge.done ? '已打分' : '打分中');
  row.toggleAttribute('data-wait', !judge.done);
  row.toggleAttribute('data-drop', Boolean(dropped));
  row.toggleAttribute('data-done', judge.done && !isMarked);
}

export function paintMarks(state) {
  const { judges, step, score, method, place } = state;
  list('judges', judges, (row, judge) => judgeRow(row, judge, step));
  part('marks').toggleAttribute('data-revealed', step > 0);
  show(['scoring'], step === 0);
  show(['reveal'], step > 0);
  fill('done', String(judges.filter(judge => judge.done).length));
  fill('due', `/ ${judges.length}`);
  fill('score', score ?? '');
  fill('method', score ? method : '');
  fill('place', place ? placed(place) : '');
  part('score').toggleAttribute('data-unseen', !score);
  part('place').toggleAttribute('data-unseen', !place);
}
