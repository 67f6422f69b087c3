'use strict';
// Begins the script of every page: what the files after it add to.

window.headroom = {boards: [], ready: false};
const pages = {};  // by the `kind` of the data: what makes the page's elements from them
