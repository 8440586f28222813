// 确认提交：没有送达时留在本页重试；答复丢了再送一次也只算一份，服务器会认出已经提交。
const EVERY = 3000;
const form = document.querySelector('form[data-final]');
const say = text => { document.querySelector('[data-say]').textContent = text; };

async function send() {
  try {
    const answer = await fetch(location.pathname, { method: 'POST', body: new FormData(form), signal: AbortSignal.timeout(10_000) });
    if (answer.status >= 500) throw new Error(String(answer.status));
    location.assign(answer.url);
  } catch {
    say('未送达：网络中断，评分还没有提交。请不要关闭本页，正在重试。');
    setTimeout(send, EVERY);
  }
}

form?.addEventListener('submit', event => {
  event.preventDefault();
  if (form.getAttribute('aria-busy')) return;
  form.setAttribute('aria-busy', 'true');
  say('正在提交');
  send();
});
