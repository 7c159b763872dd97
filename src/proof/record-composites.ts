/** Objects and lists of a record (aws-semantics §0.2), and whether it may have null in their place. */
const composites: ReadonlyMap<string, boolean> = new Map([
  ['addendum', false],
  ['additionalEventData', true],
  ['edgeDeviceDetails', false],
  ['insightDetails', false],
  ['requestParameters', true],
  ['resources', false],
  ['responseElements', true],
  ['serviceEventDetails', true],
  ['tlsDetails', false],
  ['userIdentity', false],
  ['userIdentity.onBehalfOf', false],
  ['userIdentity.sessionContext', false],
  ['userIdentity.sessionContext.attributes', false],
  ['userIdentity.sessionContext.sessionIssuer', false],
  ['userIdentity.sessionContext.webIdFederationData', false],
]);

/** Whether a field of a record is an object or a list: mostly it is there, and no value itself. */
export const isComposite = (field: string): boolean => composites.has(field);

/** Whether a record may have null where mostly an object is. */
export const mayBeNull = (field: string): boolean => composites.get(field) === true;
