// 在页面上看 PDF：<div data-pdf>（components/file_show.html）。只画看得见的几页，缩放和窗口变化后重画。
const NEAR = '600px 0px';
const LARGEST = 4096;
const WIDEST = 960;
const ZOOMS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3];

class Viewer {
  constructor(root) {
    this.root = root;
    this.pages = root.querySelector('[data-pdf-pages]');
    this.status = root.querySelector('[data-pdf-status]');
    this.zoom = 2;
    this.drawn = new Map();
    this.seen = new IntersectionObserver(found => found.forEach(one => this.turn(one)), { rootMargin: NEAR });
  }

  async open() {
    const { lib, worker, file } = this.root.dataset;
    const beside = name => new URL(`${name}/`, new URL(lib, location)).href;
    const pdfjs = await import(lib);
    pdfjs.GlobalWorkerOptions.workerSrc = worker;
    this.pdf = await pdfjs.getDocument({
      url: file, cMapUrl: beside('cmaps'), cMapPacked: true, wasmUrl: beside('wasm'), useWasm: false, enableXfa: false,
      useSystemFonts: true, rangeChunkSize: 256 * 1024, disableAutoFetch: true, disableStream: true,
    }).promise;
    const first = await this.pdf.getPage(1);
    const { width, height } = first.getViewport({ scale: 1 });
    this.ratio = height / width;
    for (let number = 1; number <= this.pdf.numPages; number += 1) this.pages.append(this.frame(number));
    this.status.textContent = `共 ${this.pdf.numPages} 页`;
    this.root.dataset.ready = '1';
    this.layout();
    for (const name of ['in', 'out']) {
      const button = this.root.querySelector(`[data-pdf-${name}]`);
      button.hidden = false;
      button.addEventListener('click', () => this.scale(name === 'in' ? 1 : -1));
    }
    addEventListener('resize', () => { clearTimeout(this.later); this.later = setTimeout(() => this.layout(), 200); });
  }

  frame(number) {
    const frame = document.createElement('div');
    frame.className = 'jg-pdf__page';
    frame.dataset.page = number;
    frame.setAttribute('role', 'img');
    frame.setAttribute('aria-label', `第 ${number} 页，共 ${this.pdf.numPages} 页`);
    return frame;
  }

  scale(by) {
    this.zoom = Math.min(Math.max(this.zoom + by, 0), ZOOMS.length - 1);
    this.layout();
  }

  layout() {
    const { paddingLeft, paddingRight } = getComputedStyle(this.pages);
    const room = this.pages.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
    this.width = Math.round(Math.min(room, WIDEST) * ZOOMS[this.zoom]);
    this.drawn.clear();
    for (const frame of this.pages.children) {
      frame.replaceChildren();
      frame.style.width = `${this.width}px`;
      frame.style.height = `${Math.round(this.width * this.ratio)}px`;
      this.seen.unobserve(frame);
      this.seen.observe(frame);
    }
  }

  turn({ target, isIntersecting }) {
    const number = Number(target.dataset.page);
    if (isIntersecting && !this.drawn.has(number)) {
      this.drawn.set(number, this.width);
      this.draw(target, number, this.width).catch(() => { target.textContent = `第 ${number} 页显示不出来，请下载后查看。`; });
    } else if (!isIntersecting && this.drawn.has(number)) {
      this.drawn.delete(number);
      target.replaceChildren();
    }
  }

  async draw(frame, number, width) {
    const page = await this.pdf.getPage(number);
    const plain = page.getViewport({ scale: 1 });
    const wide = Math.min(width * (devicePixelRatio || 1), LARGEST);
    const viewport = page.getViewport({ scale: wide / plain.width });
    const canvas = document.createElement('canvas');
    canvas.width = Math.floor(viewport.width);
    canvas.height = Math.floor(viewport.height);
    await page.render({ canvas, canvasContext: canvas.getContext('2d'), viewport }).promise;
    if (this.drawn.get(number) !== width) return;
    frame.style.height = `${Math.round((width * plain.height) / plain.width)}px`;
    frame.replaceChildren(canvas);
  }
}

for (const root of document.querySelectorAll('[data-pdf]')) {
  const viewer = new Viewer(root);
  viewer.open().catch(() => { viewer.status.textContent = '这份 PDF 在页面上显示不出来，请下载后查看。'; });
}
