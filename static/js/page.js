// 每个页面都用到的小事：大字版开关、打印、错误摘要取焦点、浮动消息、防重复提交。
const root = document.documentElement;

function setTextSize(large) {
  if (large) root.dataset.text = 'large'; else delete root.dataset.text;
  for (const button of document.querySelectorAll('[data-jg-text]')) button.setAttribute('aria-pressed', large);
  try { localStorage.setItem('jgText', large ? '1' : '0'); } catch { /* 隐私模式：只在本页生效 */ }
}

function dismiss(toast) {
  toast.remove();
}

// 手机上步骤横排：把当前一步横移到中间，不动页面的上下位置。
function showStep(step) {
  const list = step?.closest('.jg-steps');
  if (!list) return;
  const [inner, outer] = [step.getBoundingClientRect(), list.getBoundingClientRect()];
  list.scrollLeft += inner.left + inner.width / 2 - outer.left - outer.width / 2;
}

function prepare(scope) {
  for (const button of scope.querySelectorAll('[data-jg-text], [data-print], [data-toast-close]')) button.hidden = false;
  for (const button of scope.querySelectorAll('[data-jg-text]')) {
    button.setAttribute('aria-pressed', root.dataset.text === 'large');
  }
  for (const toast of scope.querySelectorAll('[data-toast]:not([data-tone="danger"])')) {
    setTimeout(() => { if (!toast.matches(':hover, :focus-within')) dismiss(toast); }, 8000);
  }
  showStep(scope.querySelector('.jg-steps [aria-current="step"]'));
  scope.querySelector('.jg-errsum[data-autofocus]')?.focus();
}

document.addEventListener('click', event => {
  const target = event.target.closest('[data-jg-text], [data-print], [data-toast-close]');
  if (!target) return;
  if (target.hasAttribute('data-jg-text')) setTextSize(root.dataset.text !== 'large');
  else if (target.hasAttribute('data-print')) print();
  else dismiss(target.closest('[data-toast]'));
});

// 提交后按钮转为忙碌；再次点按不再提交。离开后返回（往返缓存）时恢复。下载文件的表单写 data-repeat。
document.addEventListener('submit', event => {
  const form = event.target;
  if (form.method !== 'post' || event.defaultPrevented || 'repeat' in form.dataset) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = '1';
  event.submitter?.setAttribute('aria-busy', 'true');
});
function release(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll('[aria-busy="true"]')) button.removeAttribute('aria-busy');
}
addEventListener('pageshow', () => document.querySelectorAll('form[data-sent]').forEach(release));
document.addEventListener('htmx:afterRequest', event => {
  const form = event.target.closest?.('form');
  if (form) release(form);
});

document.addEventListener('htmx:afterSwap', event => prepare(event.target));
prepare(document);
