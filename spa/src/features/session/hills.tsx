import classes from './hills.module.css';

/** A quiet landscape, by day or by night, drawn so that nothing has to be loaded for it. */
export const Hills = () => (
  <svg className={classes.hills} viewBox="0 0 600 900" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
    <circle className={classes.light} cx="408" cy="436" r="54" />
    <path className={classes.far} d="M0 596c92-74 168-66 262-14s196 44 338-52v370H0z" />
    <path className={classes.middle} d="M0 676c118-80 216-48 320-10s188 26 280-38v272H0z" />
    <path className={classes.near} d="M0 768c96-54 200-64 332-18s196 12 268-22v172H0z" />
  </svg>
);
