// Dropping an .eml anywhere opens it as a mail of one's own. While a file is over the window a veil covers all of it,
// frames included, for a frame would swallow the drop.

export function watchDrops(veil, onFile) {
  const hasFile = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  const show = () => (veil.hidden = false);
  const hide = () => (veil.hidden = true);

  document.addEventListener("dragenter", (event) => hasFile(event) && show());
  veil.addEventListener("dragleave", hide);
  document.addEventListener("dragover", (event) => hasFile(event) && event.preventDefault());
  document.addEventListener("drop", (event) => {
    if (!hasFile(event)) return;
    event.preventDefault();
    hide();
    const file = event.dataTransfer.files[0];
    if (file) onFile(file);
  });
  return { show };
}
