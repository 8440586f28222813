// 评分页上的现场条：台上是谁、还剩多少时间。评的正是台上项目时，台上一换人就直接到新项目的评分表；
// 评的是别的项目（提前看材料）时只提示，不打断。
import { follow } from './live-poll.js';
import { serverClock, setClock } from './stage-timer.js';

const EVERY = 1500;
const bar = document.querySelector('[data-stage-bar]');
const { code, stateUrl, liveUrl } = bar.dataset;
const part = name => bar.querySelector(`[data-${name}]`);
const LABELS = { talk: '路演剩余', answers: '答辩剩余', scoring: '打分已用' };
let followed = false;

function write(name, text) {
  if (part(name).textContent !== text) part(name).textContent = text;
}

function paint(state) {
  const { entrant, phase } = state;
  const isMine = entrant?.code === code;
  if (followed && entrant && !isMine) {
    location.assign(state.url && ['empty', 'draft'].includes(state.word) ? state.url : liveUrl);
    return;
  }
  followed = followed || isMine;
  write('who', entrant ? `台上 ${entrant.code} 号 · ${state.phase_label}` : '现在没有项目在台上');
  const isTimed = Boolean(entrant) && phase in LABELS;
  part('clock').hidden = !isTimed;
  setClock(part('clock'), isTimed ? { phaseAt: state.phase_at, length: state.length, warn: state.warn, label: LABELS[phase], now: serverClock(state.now) } : null);
  const isElsewhere = Boolean(entrant) && !isMine;
  write('say', isElsewhere ? '本页不是台上的项目' : isMine && state.word === 'missed' ? state.sentence : '');
  part('go').hidden = !isElsewhere;
}

follow(stateUrl, EVERY, JSON.parse(document.getElementById('stage-state').textContent), {
  paint,
  link: isUp => { bar.toggleAttribute('data-down', !isUp); write('say', isUp ? '' : '网络中断，内容留在本机'); },
});
