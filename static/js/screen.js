// 现场大屏：每 1.5 秒取一次完整状态并画出来。分数何时出现由服务器决定，这里拿不到未亮出的分数。
import { follow } from './live-poll.js';
import { paintMarks } from './screen-marks.js';
import { cell, fill, list, part, show } from './screen-parts.js';
import { serverClock, setClock } from './stage-timer.js';

const EVERY = 1500;
const BOARD_ROWS = 12;
const FINISHED = 'finished';
const { stateUrl } = document.querySelector('script[data-state-url]').dataset;
const clock = name => document.querySelector(`[data-clock="${name}"]`);
const minutes = seconds => (seconds % 60 ? `${Math.floor(seconds / 60)} 分 ${seconds % 60} 秒` : `${seconds / 60} 分钟`);
let now = () => 0;

function paintEntrant({ entrant, lengths, phase }) {
  fill('position', `第 ${entrant.position} 位`);
  fill('count', `本组共 ${entrant.count} 位`);
  fill('code', `参赛编号 ${entrant.code}`);
  fill('title', entrant.title);
  part('entrant').toggleAttribute('data-long', entrant.title.length > 34);
  for (const name of ['organisations', 'industry', 'patents']) fill(name, entrant[name]);
  const words = { talk: `路演 ${minutes(lengths.talk)}`, answers: `答辩 ${minutes(lengths.answers)}` };
  for (const item of document.querySelectorAll('[data-phase]')) {
    if (words[item.dataset.phase]) item.textContent = words[item.dataset.phase];
    if (item.dataset.phase === (phase === 'closed' ? 'scoring' : phase)) item.setAttribute('aria-current', 'step');
    else item.removeAttribute('aria-current');
  }
  list('facts', [entrant.pitch].filter(Boolean), (row, text) => cell(row, 'text', text));
}

function paintClock({ phase, phase_at: phaseAt, lengths }) {
  const common = { phaseAt, warn: lengths.warn, now };
  const words = { talk: '路演剩余', answers: '答辩剩余' };
  setClock(clock('big'), words[phase] ? { ...common, length: lengths[phase], label: words[phase] } : null);
  setClock(clock('small'), phase === 'scoring' ? { ...common, length: 0, label: '打分已用' } : null);
}

function boardRows({ ranking, waiting, entrant }) {
  const isRanked = entrant && ranking.some(row => row.code === entrant.code);
  const rows = ranking.map(row => ({ ...row, place: row.place.replace('=', ''), now: row.code === entrant?.code }));
  if (entrant && !isRanked) rows.push({ code: entrant.code, name: entrant.short_name, word: '进行中', now: true, isPlaying: true });
  const todo = waiting.map(row => ({ ...row, place: '—', word: `第 ${row.position} 位`, isTodo: true }));
  const kept = [...rows, ...todo].slice(0, BOARD_ROWS);
  const own = rows.find(row => row.now);
  return own && !kept.includes(own) ? [...kept.slice(0, -1), own] : kept;
}

function boardRow(row, item) {
  cell(row, 'place', item.isPlaying ? '' : item.place);
  cell(row, 'code', item.code);
  cell(row, 'name', item.name);
  cell(row, 'score', item.score ?? '');
  if (row.querySelector('[data-cell="word"]')) cell(row, 'word', item.word ?? '');
  row.toggleAttribute('data-now', Boolean(item.now));
  row.toggleAttribute('data-playing', Boolean(item.isPlaying));
  row.classList.toggle('todo', Boolean(item.isTodo));
}

function paintNext({ next, phase }) {
  fill('next-label', next ? '下一位' : phase === FINISHED ? '全部项目路演结束' : '');
  fill('next-title', next ? `${next.code} ${next.title}` : '');
  fill('next-organisations', next ? next.organisations : '');
}

function paint(state) {
  now = serverClock(state.now);
  const isOn = state.entrant !== null;
  const isMarked = ['scoring', 'closed', 'revealed'].includes(state.phase);
  show(['entrant', 'rank'], isOn);
  show(['finished'], state.phase === FINISHED);
  show(['idle'], !isOn && state.phase !== FINISHED);
  show(['clock'], isOn && !isMarked);
  show(['marks'], isMarked);
  document.getElementById('main').toggleAttribute('data-wide', !isOn);
  fill('group', state.group);
  fill('rank-title', `${state.group}得分榜`);
  fill('standing-title', `${state.group}得分榜`);
  fill('rule', state.rule);
  if (isOn) paintEntrant(state);
  paintClock(state);
  paintMarks(state);
  list('board', boardRows(state), boardRow);
  list('standing', state.ranking.slice(0, 16).map(row => ({ ...row, place: row.place.replace('=', '') })), boardRow);
  list('groups', state.groups, (row, group) => { cell(row, 'name', group.name); cell(row, 'count', `${group.count} 个项目`); });
  paintNext(state);
}

const day = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit', hour12: false });
const showTime = () => fill('time', day.format(new Date(now())));

follow(stateUrl, EVERY, JSON.parse(document.getElementById('state').textContent), {
  paint,
  link: isUp => {
    document.querySelector('[data-lost]').hidden = isUp;
    document.querySelector('[data-live]').hidden = !isUp;
  },
});
showTime();
setInterval(showTime, 1000);
