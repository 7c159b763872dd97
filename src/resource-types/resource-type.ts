import type { Shape, Shapes, TypeOf, Values } from './shape.ts';

/** Where and how an operation is asked, and what part of its answer is meant. */
interface Call {
  /** Request members; `{TrailARN}` is filled in from the resource, `{account}` from the account being read. */
  readonly params?: Readonly<Record<string, unknown>>;
  /** The property that names the region to ask; left out: the region of the resource's ARN, else the one being read. */
  readonly region?: string;
  /**
   * Path into the answer (`'trailList'`); left out: the answer itself. Of an answer about several resources a further
   * call takes the entry about its own: `'ResourceTagList.[ResourceId={TrailARN}].TagsList'`.
   */
  readonly at?: string;
  /** The IAM action, where it is not the operation's own name. */
  readonly action?: string;
  /** Error codes that are answers: AWS says it is not set. */
  readonly notSet?: readonly string[];
}

/** A further call about one resource. Each member of `gives` becomes a property of the resource. */
export interface Read extends Call {
  /**
   * One property without `spread`: the answer (at `at`) is its value. Several, or `spread`: each is the answer's
   * member of that name, so `GetEventSelectors` gives `EventSelectors` and `AdvancedEventSelectors`.
   */
  readonly gives: Shapes;
  readonly spread?: true;
  /** AWS answers the owner of the resource alone; of another account's resource it is not asked. */
  readonly ownerOnly?: true;
}

/** The operation that lists resources, in each scanned region or once for the account. */
export interface Listing extends Omit<Call, 'at'> {
  readonly operation: string;
  /** Several: the lists at all of them. What is there is one resource where it is no list. */
  readonly at?: string | readonly string[];
  readonly once?: 'account';
  /**
   * The type of what they are part of, which stands before this one: of an account that has none of it none is asked,
   * for there are none.
   */
  readonly within?: string;
}

/** The operation that describes one resource that something else names. */
export interface Lookup extends Call {
  readonly operation: string;
  /** Error codes that say: there is no such resource. */
  readonly notFound: readonly string[];
  /** The request member that takes out of a list (at `at`) those of which a member begins so; without it all are there. */
  readonly beginning?: { readonly asked: string; readonly of: string };
}

/** A pointer to other resources. Declared once, with its way back. */
export interface Relation {
  readonly to: string;
  /** The property that points, a path (`Logging.LoggingEnabled.TargetBucket`). */
  readonly by: string;
  /** The property of the other that it points at. */
  readonly at: string;
  /** The name of the way back (`bucket.trails`). */
  readonly back?: string;
  /** An ending of the pointer that is not part of the name (`:*` of a log group's ARN). */
  readonly without?: string;
  /** The pointer is an address in S3 (`s3://bucket/prefix`), and what it names is the bucket. */
  readonly inUri?: true;
}

/** A property that names others, be they of this type or another: what is of the type is read with it. */
export interface Reference {
  readonly to: string;
  /** A path to texts, through every element of a list on the way (`Targets.Arn`). */
  readonly by: string;
  readonly at: string;
  /** What stands before the name in the text (`:::` in the ARN of a bucket). */
  readonly after?: string;
}

type Reads = Readonly<Record<string, Read>>;
type Union<R extends Reads> = R[keyof R]['gives'];
type Together<U> = (U extends unknown ? (u: U) => void : never) extends (all: infer A) => void ? A : never;
export type Properties<I, R extends Reads> = TypeOf<I> & Values<Together<Union<R>>>;

export interface ResourceType<Name extends string = string, I = Shape<unknown>, R extends Reads = Reads> {
  readonly name: Name;
  /** `'TrailARN'`, or a template: `'arn:{partition}:s3:::{Name}'`. Templates may name any property, `{partition}`, `{account}`, `{region}`. */
  readonly id: string;
  /** The property that people call it by. */
  readonly label: string;
  /** Where it lives: a property that holds the region, `'arn'` (of the id) or `'global'`. */
  readonly home: string;
  /** Properties that older answers lack, worked out from the others; same templates as `id`. */
  readonly derived?: Readonly<Record<string, string>>;
  readonly item: I;
  /** How all of them are found. Left out: only those that another resource names are known (`lookup`). */
  readonly list?: Listing;
  /** How one that another resource names is read when no listing shows it. */
  readonly lookup?: Lookup;
  readonly reads: R;
  readonly relations: Readonly<Record<string, Relation>>;
  readonly references?: readonly Reference[];
  /** To-many relations that no property points along: all of that type in the account, or those that apply to the region. */
  readonly members?: Readonly<Record<string, string>>;
}
export type Registry = Readonly<Record<string, ResourceType>>;

/** Declares a resource type: data only, checked against the SDK's own types. */
export const resourceType = <const Name extends `AWS::${string}`, I extends Shape<unknown>, const R extends Reads>(
  type: ResourceType<Name, I, R>,
): ResourceType<Name, I, R> => type;

export type ResourceOf<T> = T extends ResourceType<string, infer I, infer R> ? Properties<I, R> : never;
