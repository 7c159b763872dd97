/** `r-ab12`, `ou-ab12-11111111` (Organizations API: ListAccountsForParent, ParentId). */
export const unitIdPattern = '^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})$';

/** A role by its name, with the path that stands before it, if it has one (IAM: names hold letters, digits and `+=,.@_-`). */
export const roleNamePattern = '^([\\w+=,.@-]+/)*[\\w+=,.@-]+$';
