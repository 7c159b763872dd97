import ipaddr from 'ipaddr.js';
import type { Block } from './pattern.ts';

/** The bits of an address of four decimal numbers, or of colons and hexadecimal digits: EventBridge takes no other. */
function bitsOf(text: string): 32 | 128 | undefined {
  if (/^[\d.]+$/.test(text) && ipaddr.IPv4.isValidFourPartDecimal(text)) return 32;
  return /^[\da-f:]*$/i.test(text) && ipaddr.IPv6.isValid(text) ? 128 : undefined;
}

/** Reads a block, an address and how many of its bits count; as in EventBridge, never all of them. */
export function readBlock(text: string): Block | undefined {
  const [, address = '', digits = ''] = /^([^/]*)\/(\d+)$/.exec(text) ?? [];
  const [most, bits] = [bitsOf(address), Number(digits)];
  return most !== undefined && bits < most ? { address, bits } : undefined;
}

/** The block that one IPv6 address is, however it is written; undefined for any other text. */
export const alone = (text: string): Block | undefined =>
  bitsOf(text) === 128 ? { address: text, bits: 128 } : undefined;

/** Whether a text is an address in a block; a text that is no address is in none. */
export function isInBlock(text: string, { address, bits }: Block): boolean {
  if (bitsOf(text) !== bitsOf(address)) return false;
  // The kinds are the same: the overloads of `match` cannot say so.
  return (ipaddr.parse(text) as ipaddr.IPv4).match(ipaddr.parse(address) as ipaddr.IPv4, bits);
}
