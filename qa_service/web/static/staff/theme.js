// Applies the choice of light or dark before the page is painted.
(() => {
  const chosen = localStorage.getItem("budget-qa-staff-theme");
  if (chosen) document.documentElement.dataset.theme = chosen;
})();
