const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

/** knip and dclint run on Node 20.19 and newer; the app itself on 20.9. Nothing that they find
 * depends on the Node that they run on. */
export const runsLinters = major > 20 || (major === 20 && minor >= 19);
