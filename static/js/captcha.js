// 人机验证（工作量证明）：向 altcha 登记本站的计算脚本与中文文字。地址取自页面，脚本不写死路径。
const WORDS = {
  ariaLinkLabel: '', label: '点按开始验证', verify: '验证', verifying: '正在验证，请稍候', verified: '验证已完成',
  error: '验证没有完成，请重试。', expired: '验证已过期，请重新验证。', loading: '正在载入',
  waitAlert: '正在验证，请稍候再提交。', verificationRequired: '请先完成验证。', cancel: '取消', reload: '重新载入',
  enterCode: '', enterCodeAria: '', enterCodeFromImage: '', getAudioChallenge: '', footer: '',
};
const PAUSES = [1000, 4000]; // 出错后自动再试前的等待，毫秒
const widget = document.querySelector('altcha-widget');
if (widget) {
  const { pbkdf2, sha } = widget.dataset;
  for (const bits of ['256', '384', '512']) {
    globalThis.$altcha.algorithms.set(`PBKDF2/SHA-${bits}`, () => new Worker(pbkdf2));
    globalThis.$altcha.algorithms.set(`SHA-${bits}`, () => new Worker(sha));
  }
  globalThis.$altcha.i18n.set('zh-cn', WORDS);
  globalThis.$altcha.i18n.set('zh', WORDS);
  const pauses = [...PAUSES];
  widget.addEventListener('statechange', ({ detail }) => {
    if (detail.state === 'error' && pauses.length) setTimeout(() => widget.verify(), pauses.shift());
    if (detail.state === 'expired') widget.verify();
  });
  widget.verify(); // 由这里开始，而不由组件自己：登记若晚于组件取到的题目，组件就没有计算脚本可用
}
