/** The accounts that CloudTrail delivered from before it had a service principal (aws-semantics §4.3, P12). */
export const formerCloudTrail: ReadonlySet<string> = new Set([
  '034638983726',
  '035351147821',
  '086441151436',
  '113285607260',
  '119688915426',
  '193415116832',
  '216624486486',
  '262312530599',
  '282025262664',
  '284668455005',
  '388731089494',
  '475085895292',
  '492519147666',
  '525921808201',
  '608710470296',
  '669305197877',
  '681348832753',
  '765225791966',
  '814480443879',
  '819402241893',
  '829690693026',
  '859597730677',
  '886388586500',
  '903692715234',
  '977081816279',
]);

/** The accounts that load balancers write their logs from, in Regions older than their service principal. */
const loadBalancing: readonly string[] = [
  ...['127311923021', '033677994240', '027434742980', '797873946194', '098369216593', '754344448648', '589379963580'],
  ...['718504428378', '383597477331', '600734575887', '114774131450', '783225319266', '582318560864', '985666609251'],
  ...['054676820928', '156460612806', '652711504416', '635631232127', '009996457667', '897822967062', '076674570225'],
  ...['507241528517', '048591011584', '190560391635', '638102146993', '037604701340'],
];

/** Nobody's: what rules and policies write for some other account. */
const nobodys: readonly string[] = ['000000000000', '999999999999'];

/** The canonical user ids that S3 and CloudFront deliver logs as, in AWS and in China. */
const logDelivery: readonly string[] = [
  'c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0',
  'a52cb28745c0c06e84ec548334e44bfa7fc2a85c54af20cd59e4969344b7af56',
];

/** Account and canonical user ids that everybody knows, because they are AWS's own or nobody's. */
export const publicIds: ReadonlySet<string> = new Set([
  ...formerCloudTrail,
  ...loadBalancing,
  ...nobodys,
  ...logDelivery,
]);
