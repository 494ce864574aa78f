import { expressionFields, truthy } from '../expression/index.ts';
import { isNum, isPlain, type Value } from '../values/index.ts';

/**
 * The top-level fields an inclusive projection reads, so that only they need be decoded.
 * @returns null when it may read any field (an exclusion, for one)
 */
export function projectionFields(spec: Value): Set<string> | null {
  if (!isPlain(spec)) return null;
  const out = new Set<string>();
  let inclusive = false;
  if (!(isFlag(spec['_id']) && !truthy(spec['_id']))) out.add('_id');
  for (const name of Object.keys(spec)) {
    const arg = spec[name];
    if (name !== '_id') {
      if (isFlag(arg) && !truthy(arg)) return null;
      if (isPlain(arg) && (Object.hasOwn(arg, '$slice') || holdsExclusion(arg))) return null;
      inclusive = true;
    } else if (isFlag(arg) && truthy(arg)) inclusive = true;
    out.add(name.split('.', 1)[0] as string);
    if (!isFlag(arg) && !expressionFields(arg, out)) return null;
  }
  return inclusive ? out : null;
}

const isFlag = (v: Value): boolean => typeof v === 'boolean' || isNum(v);

const holdsExclusion = (v: Value): boolean => {
  if (!isPlain(v) || Object.keys(v)[0]?.startsWith('$')) return false;
  return Object.values(v).some((x) => (isFlag(x) && !truthy(x)) || holdsExclusion(x));
};
