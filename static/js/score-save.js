// 评分自动保存：改动 0.8 秒后送出；次序号只增不减，迟到的保存不会覆盖较新的。没送达时内容留在本机，
// 恢复网络后再送；页面重新打开时从本机恢复。没有脚本时用“存草稿”。
const form = document.querySelector('form[data-sheet]');
const state = document.querySelector('[data-save-state]');
const sequence = form?.elements.sequence;
const key = `jgSheet:${form?.dataset.sheet}`;
const fields = () => [...form.elements].filter(one => one.name.startsWith('mark-') || one.name === 'comment' || one.name === 'feedback');
const TIMEOUT = 10_000;
let timer;
let sending = false;
let changed = false;
let stopped = false;
let delivered = false, lost = false;

function say(text, tone = '') {
  state.textContent = text;
  state.dataset.tone = tone;
}

function keep() {
  const values = Object.fromEntries(fields().map(one => [one.name, one.value]));
  try { localStorage.setItem(key, JSON.stringify({ sequence: Number(sequence.value), values })); } catch { /* 没有存储：仍会送出 */ }
}

const forget = () => { try { localStorage.removeItem(key); } catch { /* 没有存储 */ } };

function restore() {
  let copy = null;
  try { copy = JSON.parse(localStorage.getItem(key)); } catch { /* 没有存储或内容损坏 */ }
  if (!copy) return;
  if (copy.sequence < Number(sequence.value)) { forget(); return; }
  for (const one of fields()) if (one.name in copy.values) one.value = copy.values[one.name];
  sequence.value = copy.sequence;
  form.querySelector('input[type=number]')?.dispatchEvent(new Event('input', { bubbles: true }));
  say('已恢复本机上未送达的内容，正在保存', 'warn');
  touch(0);
}

function showFaults(faults) {
  for (const one of form.querySelectorAll('[data-crit]')) {
    const text = faults[one.dataset.crit] ?? '';
    const number = one.querySelector('input[type=number]');
    one.querySelector('[data-fault]').textContent = text;
    number.classList.toggle('is-invalid', text !== '');
    if (text) number.setAttribute('aria-invalid', 'true'); else number.removeAttribute('aria-invalid');
  }
}

async function answered(response) {
  if (response.ok) {
    const saved = await response.json();
    showFaults({});
    delivered = true;
    if (!changed) { forget(); say(`已保存 ${saved.saved}`); } else keep();
    return;
  }
  if (response.type === 'opaqueredirect' || response.status === 403) {
    say('未送达：登录已过期，请重新登录后再打开本页，内容已留在本机', 'warn');
    stopped = true;
    return;
  }
  const fault = await response.json().catch(() => ({}));
  if (response.status === 422) { showFaults(fault.fields ?? {}); say(`未保存：${fault.title}`, 'warn'); return; }
  if (response.status >= 500) throw new Error('server');
  stopped = true;
  say(`未保存：${fault.title ?? '请刷新页面'}`, 'warn');
}

async function send() {
  if (sending || stopped) return;
  sending = true;
  changed = delivered = lost = false;
  const body = new FormData(form);
  sequence.value = Number(sequence.value) + 1; // 每次送出用新的次序号：答复丢失后改了内容再送，也不会被当作迟到
  say('正在保存');
  try {
    await answered(await fetch(form.dataset.autosave, { method: 'POST', body, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT) }));
  } catch {
    lost = true;
    say('未送达，内容已留在本机，正在重试', 'warn');
    timer = setTimeout(send, 5000);
  }
  sending = false;
  if (changed) touch();
}

function touch(delay = 800) {
  changed = true;
  keep();
  clearTimeout(timer);
  timer = setTimeout(send, delay);
}

// 存草稿与提交都先把内容送到；断网时留在本页，不跳到浏览器的出错页。
async function deliver(isSubmit) {
  clearTimeout(timer);
  if (stopped) { form.submit(); return; } // 服务器的页面会说明原因，并列出两处的内容
  if (sending) { timer = setTimeout(deliver, 300, isSubmit); return; }
  keep();
  await send();
  if (!isSubmit) return;
  if (delivered && !changed) location.assign(form.dataset.confirm);
  else if (lost) say('未送达：评分还没有提交，内容已留在本机，网络恢复后请再提交', 'warn');
}

if (form) {
  form.addEventListener('input', () => touch());
  form.addEventListener('submit', event => { event.preventDefault(); deliver(event.submitter?.value === 'submit'); });
  addEventListener('online', () => { if (changed || localStorage.getItem(key)) send(); });
  addEventListener('pageshow', event => { if (event.persisted) location.reload(); });
  restore();
}
