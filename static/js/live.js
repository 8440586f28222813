// 评委的现场页：跟随台上的项目，给出进入本人评分表的按钮。
import { follow } from './live-poll.js';
import { serverClock, setClock } from './stage-timer.js';

const EVERY = 1500;
const page = document.querySelector('[data-live-page]');
const clock = page.querySelector('[data-clock]');
const LABELS = { talk: '路演剩余', answers: '答辩剩余', scoring: '打分已用' };
let onStage = null;

function fill(name, text) {
  const node = page.querySelector(`[data-fill="${name}"]`);
  if (node.textContent !== text) node.textContent = text;
}

function paint(state) {
  const { entrant, next } = state;
  page.querySelector('[data-on]').hidden = !entrant;
  page.querySelector('[data-off]').hidden = Boolean(entrant);
  if (!entrant) {
    onStage = '';
    setClock(clock, null);
    fill('next', next ? `下一位：${next.group} ${next.code} ${next.title}` : '请等候主持人开始。');
    return;
  }
  if (onStage !== null && onStage !== entrant.code && state.url && ['empty', 'draft'].includes(state.word)) {
    location.assign(state.url); // 台上换了人：直接到本人对新项目的评分表
    return;
  }
  onStage = entrant.code;
  for (const name of ['code', 'group', 'title', 'organisations']) fill(name, entrant[name]);
  fill('phase', state.phase_label);
  fill('sentence', state.sentence);
  const isTimed = state.phase in LABELS;
  clock.hidden = !isTimed;
  setClock(clock, isTimed ? {
    phaseAt: state.phase_at, length: state.length, warn: state.warn, label: LABELS[state.phase], now: serverClock(state.now),
  } : null);
  const button = page.querySelector('[data-button]');
  button.hidden = !state.button;
  button.href = state.url;
  button.classList.toggle('btn-primary', state.word !== 'locked');
  button.classList.toggle('btn-outline-secondary', state.word === 'locked');
  fill('button', state.button);
}

follow(page.dataset.stateUrl, EVERY, JSON.parse(document.getElementById('state').textContent), {
  paint,
  link: isUp => {
    const status = document.querySelector('[data-link]');
    status.textContent = isUp ? '' : '连接中断，正在重连';
  },
});
