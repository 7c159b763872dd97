import ipaddr from 'ipaddr.js';

/** Whether EventBridge takes it as a block: an address and the number of bits that count. */
export const isValidCidr = (block: string): boolean => ipaddr.isValidCIDR(block);

/** Whether a text is an address in a block; a text that is no address is in none. */
export function isInBlock(address: string, block: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const [network, bits] = ipaddr.parseCIDR(block);
  const parsed = ipaddr.parse(address);
  if (parsed.kind() !== network.kind()) return false;
  // The kinds are the same: the overloads of `match` cannot say so.
  return (parsed as ipaddr.IPv4).match(network as ipaddr.IPv4, bits);
}
