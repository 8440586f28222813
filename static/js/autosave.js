// 自动保存：<form data-autosave data-saved-at="#id">。改动停下 3 秒后保存；失败时说明原因并稍后重试；
// 按钮名为 action，所以地址要用 getAttribute 读。服务器发现内容已在别处改过时停止，等本人选择。没有脚本时用“保存草稿”。
const DELAY = 3000;
const RETRY = 15000;

function watch(form) {
  const status = document.querySelector(form.dataset.savedAt);
  const version = form.querySelector('input[name=version]');
  let timer = null;
  let running = false;
  let dirty = false;
  let stopped = false;

  const say = text => { if (status) status.textContent = text; };
  const plan = delay => { clearTimeout(timer); timer = setTimeout(save, delay); };

  async function save() {
    if (!dirty || stopped || form.dataset.sent) return;
    if (running) { plan(DELAY); return; }
    running = true;
    dirty = false;
    try {
      const body = new FormData(form);
      body.delete('action');
      const answer = await fetch(form.getAttribute('action') || location.href, {
        method: 'POST', body, headers: { 'X-Autosave': '1' }, redirect: 'error', credentials: 'same-origin',
      });
      const result = await answer.json();
      if (answer.ok) {
        version.value = result.version;
        say(`已保存 ${result.saved_at}`);
        form.dispatchEvent(new CustomEvent('autosaved', { detail: result }));
      } else {
        stopped = true;
        say(`没有自动保存：${result.message}`);
      }
    } catch {
      dirty = true;
      say('没有保存成功，正在重试，请先不要关闭页面');
      plan(RETRY);
    } finally {
      running = false;
    }
  }

  const changed = event => {
    if (event?.target.type === 'file' || event?.target.closest?.('[data-no-autosave]')) return;
    dirty = true;
    plan(DELAY);
  };
  form.addEventListener('input', changed);
  form.addEventListener('change', changed);
  form.addEventListener('rowschanged', changed);
  // 保存进行中按下按钮会带上旧的版本号：等它回来再提交。
  form.addEventListener('submit', event => {
    clearTimeout(timer);
    if (!running || event.defaultPrevented) return;
    event.preventDefault();
    const button = event.submitter;
    const wait = setInterval(() => {
      if (running) return;
      clearInterval(wait);
      form.requestSubmit(button);
    }, 100);
  }, { capture: true });
}

for (const form of document.querySelectorAll('form[data-autosave]')) watch(form);
