// 抽签大屏：号牌一块一块亮出。没有亮出的号牌，服务器不会给出内容。
import { follow } from './live-poll.js';
import { cell, fill, list } from './screen-parts.js';

const EVERY = 1500;
const { stateUrl } = document.querySelector('script[data-state-url]').dataset;
const WORDS = { waiting: '等待抽签', drawing: '正在亮牌', done: '出场顺序' };

function paint({ plates, phase, shown, group, method, witness }) {
  fill('group', group);
  fill('headline', `${group} · ${WORDS[phase]}`);
  fill('method', method);
  fill('witness', witness ? `见证人 ${witness}` : '');
  list('plates', plates, (row, plate) => {
    cell(row, 'position', String(plate.position));
    cell(row, 'code', plate.code ?? '');
    cell(row, 'name', plate.name ?? '');
    row.toggleAttribute('data-shown', Boolean(plate.code));
    row.toggleAttribute('data-now', phase === 'drawing' && plate.position === shown);
  });
}

follow(stateUrl, EVERY, JSON.parse(document.getElementById('state').textContent), {
  paint,
  link: isUp => {
    document.querySelector('[data-lost]').hidden = isUp;
    document.querySelector('[data-live]').hidden = !isUp;
  },
});
