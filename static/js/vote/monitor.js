// 投票监控：每 15 秒取一次新数，图和关键数字原地更新。图由 ECharts 画在画布上；同样的数在页面的表格里。
import { follow } from '../live-poll.js';
import { bars, lines, ring } from './monitor-charts.js';

const EVERY = 15000;
const root = document.querySelector('[data-monitor]');
const first = JSON.parse(document.getElementById('figures').textContent);
const put = (name, text) => { for (const node of root.querySelectorAll(`[data-fact="${name}"]`)) node.textContent = text; };
const number = value => value.toLocaleString('zh-CN');

function age(at) {
  if (!at) return '尚未开账';
  const seconds = Math.max(0, Math.round((Date.now() - Date.parse(at)) / 1000));
  return seconds < 90 ? `${seconds} 秒前封存` : `${Math.round(seconds / 60)} 分钟前封存`;
}

function chart(name) {
  const box = root.querySelector(`[data-chart="${name}"]`);
  if (!box || !window.echarts) return null;
  box.hidden = false;
  const drawn = window.echarts.init(box, null, { renderer: 'canvas' });
  new ResizeObserver(() => drawn.resize()).observe(box);
  return drawn;
}

const charts = { minutes: chart('minutes'), hours: chart('hours'), days: chart('days'), levels: chart('levels'), shares: chart('shares') };
let sealedAt = '';

function paint(state) {
  charts.minutes?.setOption(bars(state.minutes, '每分钟票数'));
  charts.hours?.setOption(bars(state.hours, '每小时票数'));
  charts.days?.setOption(lines(state.days));
  charts.levels?.setOption(ring(state.levels));
  charts.shares?.setOption(bars(state.shares.map(([code, valid]) => [code, valid]), '有效票数'));
  put('total', number(state.shares.reduce((sum, row) => sum + row[1] + row[2] + row[3], 0)));
  put('waiting', number(state.sealing.waiting));
  put('size', number(state.sealing.size));
  sealedAt = state.sealing.at;
  put('age', age(sealedAt));
  const alarm = root.querySelector('[data-alarms]');
  alarm.hidden = state.alarms.length === 0;
  alarm.querySelector('[data-alarm-text]').textContent = state.alarms.join(' ');
  for (const [code, valid, held, uncounted, share] of state.shares) {
    const row = root.querySelector(`[data-entry="${code}"]`);
    if (!row) continue;
    row.querySelector('[data-valid]').textContent = number(valid);
    row.querySelector('[data-held]').textContent = number(held);
    row.querySelector('[data-void]').textContent = number(uncounted);
    row.querySelector('[data-share]').textContent = share;
  }
}

setInterval(() => put('age', age(sealedAt)), 5000);
follow(root.dataset.monitor, EVERY, { ...first, number: Number(root.dataset.number) }, {
  paint,
  link: isUp => { root.querySelector('[data-link]').hidden = isUp; },
});
