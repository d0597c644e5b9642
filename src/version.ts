/** This version, as in package.json; it is part of every verdict, because another engine may judge otherwise. */
export const VERSION = '0.1.0';
