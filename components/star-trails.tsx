import styles from './landing.module.css';

/** Radius, first degree and length in degrees of each star's way round the pole. */
const trails: ReadonlyArray<readonly [number, number, number]> = [
  [26, 20, 96],
  [26, 200, 62],
  [46, 80, 110],
  [46, 262, 40],
  [68, 150, 88],
  [68, 330, 70],
  [90, 40, 60],
  [90, 190, 104],
  [114, 96, 84],
  [114, 300, 52],
  [138, 10, 70],
  [138, 168, 96],
  [164, 60, 78],
  [164, 214, 44],
  [190, 118, 66],
  [190, 340, 58],
  [218, 30, 52],
  [218, 142, 74],
  [246, 84, 50],
  [246, 176, 40],
  [276, 56, 60],
  [276, 134, 46],
  [306, 90, 58],
  [338, 66, 40],
  [338, 122, 44],
  [372, 84, 36],
];

/** The start page's picture: a long night over a house where someone still has the light on. */
export function StarTrails() {
  return (
    <svg className={styles.picture} viewBox="0 0 440 480" aria-hidden="true" focusable="false">
      <g className={styles.trails}>
        {trails.map(([radius, start, length]) => (
          <circle
            key={`${radius} ${start}`}
            cx="248"
            cy="168"
            r={radius}
            pathLength="360"
            strokeDasharray={`${length} ${360 - length}`}
            transform={`rotate(${start} 248 168)`}
          />
        ))}
      </g>
      <circle className={styles.star} cx="248" cy="168" r="5" />
      <path className={styles.hillBehind} d="M0 372c70-46 148-52 226-22s140 28 214-8v138H0z" />
      <path className={styles.house} d="M104 412v-34l18-16 18 16v34z" />
      <path className={styles.window} d="M117 381h10v10h-10z" />
      <path className={styles.hill} d="M0 424c96-40 196-44 286-22s112 12 154 2v86H0z" />
    </svg>
  );
}
