// 自动保存：<form data-autosave data-saved-at="#id">。改动停下 3 秒后保存，离开页面时立即保存；失败时说明原因并重试。
// 打字的内容同时留一份在本机（keepsake.js），保存成功才删去。同事改过别的字段时合并，改过同一字段时停下来请本人选择。
// 按钮名为 action，所以地址要用 getAttribute 读。没有脚本时用“保存草稿”。
import { forget, keep, offer } from './keepsake.js';

const DELAY = 3000;
const RETRY = 15000;

class Autosave {
  constructor(form) {
    this.form = form;
    this.status = document.querySelector(form.dataset.savedAt);
    this.timer = null;
    this.running = this.dirty = this.stopped = false;
  }

  say(text) { if (this.status) this.status.textContent = text; }

  plan(delay) { clearTimeout(this.timer); this.timer = setTimeout(() => this.save(), delay); }

  changed(event) {
    if (event?.target.type === 'file' || event?.target.closest?.('[data-no-autosave]')) return;
    this.dirty = true;
    keep(this.form);
    if (!this.stopped) this.plan(DELAY);
  }

  async save() {
    if (!this.dirty || this.stopped || this.form.dataset.sent) return;
    if (this.running) { this.plan(DELAY); return; }
    this.running = true;
    this.dirty = false;
    try {
      await this.take(await this.send());
    } catch {
      this.dirty = true;
      this.say('没有保存成功，正在重试，请先不要关闭页面');
      this.plan(RETRY);
    } finally {
      this.running = false;
    }
  }

  send(keepalive = false) {
    const body = new FormData(this.form);
    body.delete('action');
    return fetch(this.form.getAttribute('action') || location.href, {
      method: 'POST', body, keepalive, headers: { 'X-Autosave': '1' }, redirect: 'manual', credentials: 'same-origin',
    });
  }

  async take(answer) {
    if (answer.type === 'opaqueredirect' || answer.status === 403) {
      this.stop('登录已失效，内容留在本机，登录后可以恢复。', '重新登录', () => location.reload());
      return;
    }
    if (answer.status >= 500) throw new Error('server');
    const result = await answer.json();
    if (!answer.ok) {
      const choose = () => this.form.requestSubmit(this.form.querySelector('button[value=save]') ?? undefined);
      this.stop(`没有自动保存：${result.message}`, result.is_overtaken ? '比较并选择' : '', choose);
      return;
    }
    this.form.elements.version.value = result.version;
    if (this.form.elements.base) this.form.elements.base.value = result.base;
    for (const [name, value] of Object.entries(result.theirs ?? {})) this.put(name, value);
    const merged = result.merged ? `，同事刚改过${result.merged.join('、')}，已更新` : '';
    const left = result.keeps_text ? '，标红的内容不合要求，还没有存' : '';
    this.say(`已保存 ${result.saved_at}${merged}${left}`);
    if (!this.dirty && !result.keeps_text) forget(this.form);
    this.form.dispatchEvent(new CustomEvent('autosaved', { detail: result }));
  }

  put(name, value) {
    const control = this.form.elements[name];
    if (control && 'value' in control) control.value = value ?? '';
  }

  stop(text, label, act) {
    this.stopped = true;
    this.say(text);
    if (!label || !this.status) return;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'btn btn-sm btn-outline-primary ms-2';
    button.textContent = label;
    button.addEventListener('click', act);
    this.status.append(button);
  }

  // 保存进行中按下按钮会带上旧的版本号：等它回来再提交。
  wait(event) {
    clearTimeout(this.timer);
    if (!this.running || event.defaultPrevented) return;
    event.preventDefault();
    const waiting = setInterval(() => {
      if (this.running) return;
      clearInterval(waiting);
      this.form.requestSubmit(event.submitter);
    }, 100);
  }

  leave() {
    if (this.dirty && !this.running && !this.stopped && !this.form.dataset.sent) this.send(true).catch(() => {});
  }
}

for (const form of document.querySelectorAll('form[data-autosave]')) {
  const autosave = new Autosave(form);
  for (const name of ['input', 'change', 'rowschanged']) form.addEventListener(name, event => autosave.changed(event));
  form.addEventListener('submit', event => autosave.wait(event), { capture: true });
  addEventListener('pagehide', () => autosave.leave());
  offer(form);
}
