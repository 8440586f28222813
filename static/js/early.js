// 大字版：在首次绘制前恢复，避免页面跳动。经典脚本，须放在样式表之前。
(() => {
  try {
    if (localStorage.getItem('jgText') === '1') document.documentElement.dataset.text = 'large';
  } catch { /* 隐私模式下没有存储：保持默认字号 */ }
})();
