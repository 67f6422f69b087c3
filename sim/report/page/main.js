// Draws the page that the data ask for.

(() => {
  document.title = shown(document.title);
  const data = JSON.parse(document.getElementById('data').textContent);
  const {boards, content} = pages[data.kind](data);
  const header = content.flat(4).filter((part) => part && part.tagName === 'HEADER');
  const rest = content.flat(4).filter((part) => part && part.tagName !== 'HEADER');
  document.getElementById('page').replaceWith(...header, el('main', {}, rest));
  for (const board of boards) board.start();
  window.headroom.ready = true;
})();
