/** The file in which a checkpoint says what it was asked. Hidden, so that a folder of snapshots is what it is for `check`. */
export const manifestName = '.checkpoint.json';
