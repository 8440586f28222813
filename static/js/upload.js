// 上传：<form data-upload>（components/upload.html）。选好文件即开始，可暂停、继续、取消；没有脚本时按“上传”整份提交。
import { Refused, Transfer, WORDS } from './upload-transfer.js';

function parts(form) {
  const find = name => form.querySelector(`[data-upload-${name}]`);
  return {
    field: form.querySelector('input[type=file]'),
    box: find('progress'),
    bar: form.querySelector('progress'),
    status: find('status'),
    hold: find('pause'),
    cancel: find('cancel'),
    button: form.querySelector('button[type=submit]'),
    pending: form.parentElement.querySelectorAll('[data-upload-pending]'),
  };
}

function show(ui, stage, received, size) {
  if (stage === 'resumed') for (const row of ui.pending) row.hidden = true;
  const percent = size ? Math.floor((received / size) * 100) : 0;
  ui.bar.value = percent;
  ui.status.textContent = WORDS[stage](percent);
  ui.hold.hidden = stage === 'checking';
  ui.cancel.hidden = stage === 'checking';
}

function idle(form, ui, text) {
  ui.button.removeAttribute('aria-busy');
  ui.hold.hidden = true;
  ui.cancel.hidden = true;
  ui.status.textContent = text;
  ui.field.disabled = false;
  ui.field.value = '';
  delete form.dataset.sent;
  delete form.dataset.running;
}

async function send(form) {
  const ui = parts(form);
  const file = ui.field.files[0];
  if (!file) { ui.field.focus(); return; }
  if (form.dataset.running) return;
  form.dataset.running = '1';
  const token = form.querySelector('[name=csrfmiddlewaretoken]').value;
  const { uploadUrl: url, purpose, target, slot } = form.dataset;
  const transfer = new Transfer(file, { url, token, purpose, target, slot }, (...state) => show(ui, ...state));
  ui.box.hidden = false;
  ui.button.setAttribute('aria-busy', 'true');
  ui.field.disabled = true;
  ui.hold.onclick = () => {
    transfer.paused = !transfer.paused;
    ui.hold.textContent = transfer.paused ? '继续' : '暂停';
    if (transfer.paused) ui.status.textContent = `已暂停在 ${ui.bar.value}%，可以稍后继续`;
  };
  ui.cancel.onclick = () => { transfer.discard().catch(() => {}); };
  ui.hold.textContent = '暂停';
  try {
    const address = await transfer.run();
    ui.status.textContent = '已上传';
    delete form.dataset.running;
    location.assign(address);
    location.reload();
  } catch (fault) {
    idle(form, ui, fault instanceof Refused ? fault.message : '文件没有上传成功，请刷新页面后重试。');
    if (!(fault instanceof Refused)) throw fault;
  }
}

for (const form of document.querySelectorAll('form[data-upload]')) {
  form.querySelector('input[type=file]').addEventListener('change', () => send(form));
  form.addEventListener('submit', event => { event.preventDefault(); send(form); }, { capture: true });
}
addEventListener('beforeunload', event => {
  if (document.querySelector('form[data-running]')) event.preventDefault();
});
