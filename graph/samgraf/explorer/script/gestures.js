// The ways in by mouse, touch and keys. They change the state; what is drawn follows from it.

const Gestures = (() => {
  const install = () => {
    // Ways in.
    Search.combo($('search'), $('suggestions'), (i) => {
      $('search').blur();
      App.around(i);
    });
    for (const one of $('views').children) {
      one.addEventListener('click', () => {
        const s = State.now;
        const anchor = s.selected >= 0 ? [s.selected] : s.focus.slice(0, 1);
        State.set(
          {
            view: one.dataset.view,
            focus: one.dataset.view === 'overview' ? [] : anchor,
            expanded: [],
            ...(one.dataset.view === 'focus' ? { selected: -1 } : {}),
          },
          { push: true },
        );
      });
    }
    $('as-graph').addEventListener('click', () => State.set({ table: false }));
    $('as-table').addEventListener('click', () => State.set({ table: true }));
    $('back').addEventListener('click', () => history.back());
    $('lang-da').addEventListener('click', () => State.set({ lang: 'da' }));
    $('lang-en').addEventListener('click', () => State.set({ lang: 'en' }));
    $('theme').addEventListener('click', () => State.set({ theme: App.theme() === 'dark' ? 'light' : 'dark' }));
    $('zoom-in').addEventListener('click', () => zoom(1.35));
    $('zoom-out').addEventListener('click', () => zoom(1 / 1.35));
    $('zoom-fit').addEventListener('click', () => {
      Draw.fit();
      State.set({ camera: null });
    });
    const camera = () => {
      const { x, y } = Draw.network.getViewPosition();
      State.set({
        camera: [Math.round(x * 100) / 100, Math.round(y * 100) / 100, Math.round(Draw.network.getScale() * 1e4) / 1e4],
      });
    };
    let waiting = 0;
    const later = () => {
      clearTimeout(waiting);
      waiting = setTimeout(camera, 180);
    };
    const zoom = (by) => {
      Draw.network.moveTo({ scale: Draw.network.getScale() * by, animation: false });
      later();
    };
    const shift = (dx, dy) => {
      const { x, y } = Draw.network.getViewPosition();
      const scale = Draw.network.getScale();
      Draw.network.moveTo({ position: { x: x + dx / scale, y: y + dy / scale }, animation: false });
      later();
    };
    Draw.network.on('zoom', later);
    Draw.network.on('dragEnd', later);

    const tip = $('tip');
    const at = (event) => {
      const box = Draw.holder.getBoundingClientRect();
      return [event.clientX - box.left, event.clientY - box.top];
    };
    let down = null;
    Draw.holder.addEventListener('pointerdown', (event) => {
      down = [event.clientX, event.clientY];
      tip.hidden = true;
    });
    Draw.holder.addEventListener('pointermove', (event) => {
      if (event.buttons || event.pointerType === 'touch') return;
      const [x, y] = at(event);
      const i = Draw.hit(x, y);
      Draw.point(i);
      Draw.canvas.style.cursor = i >= 0 ? 'pointer' : '';
      // The tip gives the name where the drawing has no room for it.
      const label = Draw.laid.find((one) => one.i === i);
      tip.hidden = i < 0 || label?.lines.join(' ') === Words.name(i);
      if (tip.hidden) return;
      tip.replaceChildren(el('b', { text: Words.name(i) }), el('span', { text: Words.kindName(i) }));
      const { width, tall } = Draw.box();
      tip.style.left = `${Math.min(x + 16, width - tip.offsetWidth - 8)}px`;
      tip.style.top = `${y + 22 + tip.offsetHeight > tall ? y - tip.offsetHeight - 12 : y + 22}px`;
    });
    Draw.holder.addEventListener('pointerleave', () => {
      tip.hidden = true;
      Draw.point(-1);
    });
    Draw.holder.addEventListener('pointerup', (event) => {
      if (!down || Math.hypot(event.clientX - down[0], event.clientY - down[1]) > 6) {
        down = null;
        return;
      }
      down = null;
      App.select(Draw.hit(...at(event)));
    });
    Draw.holder.addEventListener('dblclick', (event) => {
      const i = Draw.hit(...at(event));
      if (i >= 0) App.around(i);
    });
    Draw.holder.addEventListener('keydown', (event) => {
      const moves = { ArrowLeft: [-60, 0], ArrowRight: [60, 0], ArrowUp: [0, -60], ArrowDown: [0, 60] };
      if (moves[event.key]) {
        event.preventDefault();
        shift(...moves[event.key]);
      }
      if (event.key === '+' || event.key === '=') zoom(1.35);
      if (event.key === '-') zoom(1 / 1.35);
      if (event.key === '0') $('zoom-fit').click();
    });
    document.addEventListener('keydown', (event) => {
      const typing =
        /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) &&
        event.target.type !== 'range' &&
        event.target.type !== 'checkbox';
      if (event.key === '/' && !typing && !event.ctrlKey) {
        event.preventDefault();
        $('search').focus();
      }
      if (event.key === 'Escape' && !document.querySelector('dialog[open]')) {
        if (Sidebar.small() && $('side').classList.contains('open')) Sidebar.openSheet(false);
        else if (State.now.selected >= 0) App.select(-1);
      }
    });
    let sizing = 0;
    new ResizeObserver(() => {
      clearTimeout(sizing);
      sizing = setTimeout(() => {
        const [width, tall] = Draw.size();
        if (width !== Draw.drawnAt[0] || tall !== Draw.drawnAt[1]) App.refresh({ size: true });
      }, 100);
    }).observe(Draw.holder);
  };
  return { install };
})();
