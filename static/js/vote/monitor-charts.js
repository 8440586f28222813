// 监控图的样式。提示框用 richText 画在画布上：严格的内容安全策略不许内联样式。
const style = getComputedStyle(document.documentElement);
const token = (name, fallback) => style.getPropertyValue(name).trim() || fallback;
const COLOURS = [token('--jg-chart-1', '#0b6153'), token('--jg-chart-2', '#c28a16'), token('--jg-chart-3', '#4b86c2')];
const INK = token('--jg-ink-500', '#5d6c66');
const LINE = token('--jg-ink-100', '#dfe6e1');
const axisText = { color: INK, fontFamily: style.fontFamily, hideOverlap: true };
const common = {
  animation: !matchMedia('(prefers-reduced-motion: reduce)').matches,
  animationDuration: 300,
  color: COLOURS,
  grid: { left: 8, right: 12, top: 24, bottom: 4, containLabel: true },
  tooltip: { trigger: 'axis', renderMode: 'richText', confine: true },
  textStyle: { fontFamily: style.fontFamily },
};
const value = { type: 'value', minInterval: 1, axisLabel: axisText, splitLine: { lineStyle: { color: LINE } } };
const category = labels => ({ type: 'category', data: labels, axisLabel: axisText, axisTick: { show: false }, axisLine: { lineStyle: { color: LINE } } });

export const bars = (rows, name) => ({
  ...common,
  xAxis: category(rows.map(row => row[0])),
  yAxis: value,
  series: [{ type: 'bar', name, data: rows.map(row => row[1]), barMaxWidth: 28 }],
});

export const lines = days => ({
  ...common,
  legend: { top: 0, right: 0, textStyle: { color: INK } },
  grid: { ...common.grid, top: 36 },
  xAxis: category(days.map(row => row[0])),
  yAxis: value,
  series: ['票数', '新参与人数', '再次参与人数'].map((name, place) => ({
    type: place ? 'line' : 'bar', name, data: days.map(row => row[place + 1]), barMaxWidth: 28, symbolSize: 7,
  })),
});

export const ring = levels => ({
  ...common,
  tooltip: { trigger: 'item', renderMode: 'richText', confine: true },
  legend: { bottom: 0, textStyle: { color: INK } },
  series: [{ type: 'pie', radius: ['45%', '70%'], center: ['50%', '44%'], label: { color: INK, formatter: '{b} {d}%' }, data: levels.map(([name, count]) => ({ name, value: count })) }],
});
