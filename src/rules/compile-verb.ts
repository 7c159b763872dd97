import { didYouMean } from '../documents/suggest.ts';
import { type AlertsQuestion, alerts, type Via, waysToLearn } from '../proof/alerting/alerts.ts';
import type { Answer, Evidence } from '../proof/answer.ts';
import { type DeniesQuestion, denies } from '../proof/denies.ts';
import { type GrantsQuestion, grants } from '../proof/grants.ts';
import { keeps } from '../proof/keeps.ts';
import { type Context, undecided } from '../proof/leaf.ts';
import { type LimitsQuestion, limits } from '../proof/limits.ts';
import { type PermitsQuestion, permits } from '../proof/permits.ts';
import type { Keys } from '../proof/policy/request.ts';
import { readRecords, records } from '../proof/records.ts';
import type { KeepsQuestion, Measure, Place } from '../proof/retention.ts';
import type { ResourceType } from '../resource-types/resource-type.ts';
import { isObject, type ResourceView } from '../snapshot/resource-view.ts';
import type { Asking, Compiling, Problem, ResourceJudge, Scope } from './compile-context.ts';
import { once, type Proof } from './once.ts';
import { compileOperand, type Operand } from './operand.ts';
import { needVerb } from './verb-needs.ts';
import { type Verb, verbs } from './vocabulary.ts';
import { namesWithin, whereRead } from './where-read.ts';

interface VerbPosition {
  readonly type: ResourceType;
  readonly at: { readonly pointer: Problem['pointer']; readonly scope: Scope };
}

/** Compiles a verb: a question that the proof answers (design §5). */
export function compileVerb(
  name: string,
  written: unknown,
  { type, at }: VerbPosition,
  compiling: Compiling,
): ResourceJudge {
  if (!Object.hasOwn(verbs, name)) throw new Error(`${name} is not a word of ${type.name}`);
  const verb = name as Verb;
  const filled = fillIn(written, compiling);
  needVerb(verb, filled, { type, scope: at.scope }, compiling);
  if (verb === 'alerts') checkWay(filled, at.pointer, compiling);
  const asked = compileDeep(written, at.pointer, compiling);
  // A question that names something of the judged resource is another one for each.
  const names = namesWithin(written);
  if (names.length > 0) {
    const judge: ResourceJudge = (view, prefix, asking) => answers[verb](asked(asking))(view, prefix, asking);
    return whereRead(names, judge, notAsked);
  }
  let answer: Proof | undefined;
  return once<Asking>((view, prefix, asking) => {
    answer ??= answers[verb](asked(asking));
    return answer(view, prefix, asking);
  });
}

/** Of what the judged resource does not have nothing can be asked. */
const notAsked = (evidence: Evidence): Answer =>
  undecided({ ...evidence, note: 'it is not set, so nothing can be asked of it' });

/** Who answers a question, once it is read. */
const answering =
  <Question>(
    read: (written: unknown) => Question,
    answer: (view: ResourceView, question: Question, prefix: string, context: Context) => Answer,
  ) =>
  (written: unknown): Proof => {
    const question = read(written);
    return (view, prefix, context) => answer(view, question, prefix, context);
  };

const answers: Readonly<Record<Verb, (written: unknown) => Proof>> = {
  records: answering(readRecords, records),
  keeps: answering(readKeeps, keeps),
  alerts: answering(readAlerts, alerts),
  permits: answering(readPermits, permits),
  limits: answering(readLimits, limits),
  denies: answering(readDenies, denies),
  grants: answering(readGrants, grants),
};

/** A question with the values of its parameters: they say what it reads. */
function fillIn(written: unknown, compiling: Compiling): unknown {
  if (Array.isArray(written)) return written.map((item) => fillIn(item, compiling));
  if (isObject(written))
    return Object.fromEntries(Object.entries(written).map(([name, value]) => [name, fillIn(value, compiling)]));
  const [, parameter] = /^\$([A-Za-z].*)/.exec(String(written)) ?? [];
  return parameter === undefined ? written : compiling.parameters.get(parameter);
}

/** A parameter can say any text; a way is one of a few words. */
function checkWay(asked: unknown, pointer: Problem['pointer'], { problems }: Compiling): void {
  const { via } = isObject(asked) ? asked : {};
  const words: readonly string[] = waysToLearn;
  if (typeof via !== 'string' || words.includes(via)) return;
  const hint = didYouMean(via, words) ?? `it is one of ${words.join(', ')}`;
  problems.push({ pointer: [...pointer, 'via'], message: `via cannot be ${JSON.stringify(via)}; ${hint}` });
}

/** A verb's question with its parameters filled in, wherever in it they stand. */
function compileDeep(written: unknown, pointer: Problem['pointer'], compiling: Compiling): Operand {
  if (Array.isArray(written)) {
    const items = written.map((item, index) => compileDeep(item, [...pointer, index], compiling));
    return (asking) => items.flatMap((item) => item(asking));
  }
  if (isObject(written)) {
    const members = Object.entries(written).map(
      ([name, value]) => [name, compileDeep(value, [...pointer, name], compiling)] as const,
    );
    return (asking) => Object.fromEntries(members.map(([name, value]) => [name, value(asking)]));
  }
  return compileOperand(written, kindAt(pointer), pointer, compiling);
}

/** What may stand at a place inside a verb: days, events, a way, or a text or a list of them. */
function kindAt(pointer: Problem['pointer']): string {
  const step = pointer.findLast((it) => typeof it === 'string');
  if (pointer.includes('permits') || pointer.includes('limits')) {
    return step === 'action' || step === 'to' ? 'globs' : 'text';
  }
  if (step === 'atLeast') return 'number';
  if (step === 'via') return 'text';
  if (step === 'in' && step === pointer.at(-1)) return 'list';
  return ['records', 'every', 'some', 'none', 'events'].includes(String(step)) ? 'events' : 'globs';
}

function readAlerts(written: unknown): AlertsQuestion {
  const asked = isObject(written) ? written : {};
  return { classes: [asked.events].flat().filter(isObject), via: (asked.via ?? 'any') as Via };
}

function readPermits(written: unknown): PermitsQuestion {
  const asked = isObject(written) ? written : {};
  return {
    principal: String(asked.principal),
    actions: [asked.action].flat().map(String),
    resource: typeof asked.resource === 'string' ? asked.resource : undefined,
    keys: Object.fromEntries(Object.entries(isObject(asked.context) ? asked.context : {}).flatMap(carried)),
  };
}

/** What a request carries under a condition key; `{ exists: false }`: it does not carry it. */
function carried([key, written]: readonly [string, unknown]): readonly (readonly [string, Keys[string]])[] {
  if (Array.isArray(written)) return [[key, written.map(String)]];
  if (isObject(written)) return written.exists === false ? [[key, undefined]] : [];
  return [[key, String(written)]];
}

function readLimits(written: unknown): LimitsQuestion {
  const asked = isObject(written) ? written : {};
  return {
    actions: [asked.action].flat().map(String),
    resource: typeof asked.resource === 'string' ? asked.resource : undefined,
    to: [asked.to ?? []].flat().map(String),
    organization: asked.organization === true,
  };
}

function readDenies(written: unknown): DeniesQuestion {
  const asked = isObject(written) ? written : {};
  if (asked.by !== 'scp') throw new Error(`Nothing is known of what ${String(asked.by)} denies`);
  return { actions: [asked.action].flat().map(String), except: [asked.except ?? []].flat().map(String) };
}

function readGrants(written: unknown): GrantsQuestion {
  const asked = isObject(written) ? written : {};
  return { actions: [asked.action].flat().map(String) };
}

function readKeeps(written: unknown): KeepsQuestion {
  const asked = isObject(written) ? written : {};
  return {
    atLeast: Number(asked.atLeast),
    measure: (asked.measure ?? 'current') as Measure,
    places: (asked.in ?? ['bucket']) as readonly Place[],
    events: [asked.events ?? []].flat().filter(isObject),
  };
}
