// What the views may ask the page to do. The main module fills it in, so that views need not import each other.

export const App = /** @type {Actions} */ ({});
