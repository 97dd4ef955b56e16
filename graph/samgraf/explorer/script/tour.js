// A short guided tour: five steps, each beside what it tells of.

(() => {
  const dialog = $('tour');
  const stops = ['board', 'search', 'side', 'time', 'tab-compare'];
  let at = 0;
  const dark = () => {
    for (const one of document.querySelectorAll('.lit')) one.classList.remove('lit');
  };
  const place = () => {
    const target = $(stops[at]).getBoundingClientRect();
    const own = dialog.getBoundingClientRect();
    const clamp = (x, high) => Math.max(12, Math.min(x, high));
    const spots = [
      [target.left + 24, target.bottom + 14],
      [target.left - own.width - 18, target.top + 60],
      [target.left + 24, target.top - own.height - 14],
      [target.left + target.width / 2 - own.width / 2, target.top + 60],
    ];
    const fits = ([x, y]) => x >= 8 && y >= 8 && x + own.width <= innerWidth - 8 && y + own.height <= innerHeight - 8;
    const [x, y] = spots.find(fits) || spots[3];
    dialog.style.left = `${clamp(x, innerWidth - own.width - 12)}px`;
    dialog.style.top = `${clamp(y, innerHeight - own.height - 12)}px`;
  };
  const show = () => {
    dark();
    $(stops[at]).classList.add('lit');
    const last = at === stops.length - 1;
    dialog.replaceChildren(
      el('h2', { id: 'tour-title', text: t(`tour.${at + 1}.title`) }),
      el('p', { text: t(`tour.${at + 1}.text`) }),
      el(
        'div',
        { class: 'tour-foot' },
        el('small', { text: t('tour.step', { n: at + 1, all: stops.length }) }),
        at
          ? el('button', {
              type: 'button',
              class: 'action',
              text: t('tour.previous'),
              onclick: () => {
                at -= 1;
                show();
              },
            })
          : null,
        el('button', {
          type: 'button',
          class: `action${last ? ' first' : ''}`,
          id: 'tour-end',
          text: t('tour.end'),
          onclick: () => dialog.close(),
        }),
        last
          ? null
          : el('button', {
              type: 'button',
              class: 'action first',
              id: 'tour-next',
              text: t('tour.next'),
              onclick: () => {
                at += 1;
                show();
              },
            }),
      ),
    );
    if (!dialog.open) dialog.showModal();
    place();
    (dialog.querySelector('#tour-next') || dialog.querySelector('#tour-end')).focus();
  };
  dialog.addEventListener('close', () => {
    dark();
    $('open-tour').focus();
  });
  $('open-tour').addEventListener('click', () => {
    at = 0;
    show();
  });
})();
