import styles from './session-dialog.module.css';

let scrolledTo = 0;
let title = '';

/** Takes everything but the session's own dialog off the screen, out of the reach of keyboards and
 * screen readers, and off the tab; or puts it back as it was. Nothing is removed: what was typed
 * stays in its fields. */
export function conceal(isHidden: boolean): void {
  const { classList } = document.body;
  const concealed = styles.concealed ?? '';
  if (classList.contains(concealed) === isHidden) return;
  if (isHidden) {
    scrolledTo = scrollY;
    title = document.title;
    document.title = location.host;
  }
  classList.toggle(concealed, isHidden);
  if (!isHidden) {
    document.title = title;
    scrollTo(0, scrolledTo);
  }
}
