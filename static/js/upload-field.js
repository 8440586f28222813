// 表单里的文件域：选好即分块上传，断网、刷新后从断点继续；提交时只交文字。没有脚本时文件随表单整份提交。
import { Refused, Transfer, WORDS } from './upload-transfer.js';

function statusOf(field) {
  const id = `${field.id}-upload`;
  let status = document.getElementById(id);
  if (!status) {
    status = document.createElement('p');
    status.id = id;
    status.className = 'jg-small mt-1 mb-0';
    status.setAttribute('role', 'status');
    field.after(status);
    field.setAttribute('aria-describedby', `${field.getAttribute('aria-describedby') ?? ''} ${id}`.trim());
  }
  return status;
}

async function send(field) {
  const [file] = field.files;
  if (!file) return;
  const { form } = field;
  const status = statusOf(field);
  const { uploadUrl: url, purpose, target } = form.dataset;
  const ask = { url, token: form.querySelector('[name=csrfmiddlewaretoken]').value, purpose, target, slot: field.dataset.slot };
  const transfer = new Transfer(file, ask, (stage, received, size) => {
    status.textContent = WORDS[stage](size ? Math.floor((received / size) * 100) : 0);
  });
  field.dataset.running = '';
  field.disabled = true;
  status.classList.remove('text-danger');
  try {
    await transfer.run();
    status.textContent = `已上传“${file.name}”，会随表单提交。再选一个文件可以替换。`;
  } catch (fault) {
    status.classList.add('text-danger');
    status.textContent = fault instanceof Refused ? fault.message : '文件没有上传成功，请重新选择。';
    if (!(fault instanceof Refused)) throw fault;
  } finally {
    field.value = '';
    field.disabled = false;
    delete field.dataset.running;
  }
}

const running = () => document.querySelector('[data-upload-field][data-running]');

for (const field of document.querySelectorAll('[data-upload-field]')) {
  field.addEventListener('change', () => send(field));
  field.form.addEventListener('submit', event => {
    const busy = running();
    if (!busy) return;
    event.preventDefault();
    const status = statusOf(busy);
    status.tabIndex = -1;
    status.focus();
  }, { capture: true });
}
addEventListener('beforeunload', event => { if (running()) event.preventDefault(); });
