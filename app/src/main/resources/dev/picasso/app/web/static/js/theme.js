// Dark unless the person chose light before. A plain script, so that the page never flashes in the wrong one.
document.documentElement.dataset.theme = localStorage.getItem('picasso-theme') === 'light' ? 'light' : 'dark';
