import type { Caller } from '../senders/sent.ts';

export interface CallerOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly profile: string | undefined;
  /** The role that leads into other accounts; undefined: there is none. */
  readonly roleName: string | undefined;
}

/**
 * AWS with the credentials at hand, never with the role that reads: that one may only read.
 *
 * @throws AppError `credentials` or `network`.
 */
export async function callerOf({ environment, profile, roleName }: CallerOptions): Promise<Caller> {
  const [{ openSession }, { roleByName }] = await Promise.all([
    import('../sources/aws-session.ts'),
    import('../sources/many-accounts.ts'),
  ]);
  const session = await openSession({ environment, ...(profile !== undefined && { profile }) });
  const { account, partition } = await session.identify();
  const { region, send } = session;
  const roleInto = roleName === undefined ? undefined : roleByName({ account, partition }, { name: roleName });
  return {
    account,
    partition,
    region,
    send,
    enter: async (other) => {
      const role = roleInto?.(other);
      if (!role)
        return { code: 'NoRole', message: 'only its own credentials may send it: name a role with --send-role' };
      const entered = session.enter(role);
      return (await entered.assumeRole()) ?? entered.send;
    },
  };
}
