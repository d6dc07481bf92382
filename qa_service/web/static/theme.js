// Applies the visitor's choice of light or dark before the page is painted.
(() => {
  const chosen = localStorage.getItem("budget-qa-theme");
  if (chosen) document.documentElement.dataset.theme = chosen;
})();
