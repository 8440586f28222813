// 上传进度：<form data-upload>。选好文件即上传；没有脚本时按“上传”。被拒绝时原因显示在进度条下。
function send(form) {
  const field = form.querySelector('input[type=file]');
  if (!field.files.length) { field.focus(); return; }
  const box = form.querySelector('[data-upload-progress]');
  const bar = box.querySelector('progress');
  const status = box.querySelector('[data-upload-status]');
  const button = form.querySelector('button');
  const done = text => {
    button.removeAttribute('aria-busy');
    button.disabled = false;
    delete form.dataset.sent;
    status.textContent = text;
  };
  box.hidden = false;
  bar.value = 0;
  status.textContent = '正在上传 0%';
  button.setAttribute('aria-busy', 'true');
  button.disabled = true;
  const request = new XMLHttpRequest();
  request.open('POST', form.action);
  request.setRequestHeader('X-Upload', '1');
  request.responseType = 'json';
  request.upload.addEventListener('progress', event => {
    if (!event.lengthComputable) return;
    bar.value = Math.floor((event.loaded / event.total) * 100);
    status.textContent = bar.value < 100 ? `正在上传 ${bar.value}%` : '正在检查文件…';
  });
  request.addEventListener('load', () => {
    const answer = request.response ?? {};
    if (request.status === 200 && answer.url) {
      status.textContent = '已上传';
      location.assign(answer.url);
      location.reload();
    } else {
      field.value = '';
      done(answer.message ?? '文件没有上传成功，请刷新页面后重试。');
    }
  });
  request.addEventListener('error', () => done('网络中断，文件没有上传。请重试。'));
  request.send(new FormData(form));
}

for (const form of document.querySelectorAll('form[data-upload]')) {
  form.querySelector('input[type=file]').addEventListener('change', () => send(form));
  form.addEventListener('submit', event => { event.preventDefault(); send(form); }, { capture: true });
}
