/** Calls back once the npm command that started this process is gone. npm runs scripts in a shell
 * that does not pass signals on, so stopping npm would leave the server behind. Without npm nothing
 * is watched: whoever starts a server by hand may leave the terminal.
 * @param {() => void} end */
export function whenNpmEnds(end) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    end();
  }, 500);
  watch.unref();
}
