import { isArr, isPlain, own, setOwn, type Doc, type Value } from '../values/index.ts';
import { isBranch, type Branch } from './types.ts';

/** The parts of a document that a tree includes; fields stay in the document's order. */
export function include(doc: Doc, tree: Branch): Doc {
  const out: Doc = {};
  for (const name of Object.keys(doc)) {
    const node = tree.children.get(name);
    if (node === undefined) continue;
    const v = doc[name];
    if (isBranch(node)) {
      const inner = includeIn(v, node);
      if (inner !== undefined) setOwn(out, name, inner);
    } else if (node.kind === 'flag') setOwn(out, name, v);
    else if (node.kind === 'slice') setOwn(out, name, isArr(v) ? node.of(v) : v);
  }
  return out;
}

function includeIn(v: Value, tree: Branch): Value {
  if (isPlain(v)) return include(v, tree);
  if (!isArr(v)) return undefined;
  const out: Value[] = [];
  for (const e of v) {
    const inner = includeIn(e, tree);
    if (inner !== undefined) out.push(inner);
  }
  return out;
}

/** A document without what a tree excludes. */
export function exclude(doc: Doc, tree: Branch): Doc {
  const out: Doc = {};
  for (const name of Object.keys(doc)) {
    const node = tree.children.get(name);
    const v = doc[name];
    if (node === undefined) setOwn(out, name, v);
    else if (isBranch(node)) setOwn(out, name, excludeIn(v, node));
    else if (node.kind === 'slice') setOwn(out, name, isArr(v) ? node.of(v) : v);
  }
  return out;
}

function excludeIn(v: Value, tree: Branch): Value {
  if (isPlain(v)) return exclude(v, tree);
  return isArr(v) ? v.map((e) => excludeIn(e, tree)) : v;
}

/**
 * Sets computed fields: documents on the way are made where there are none, and of an array every
 * element gets them.
 * @param whole the document the expressions read
 */
export function compute(target: Doc, tree: Branch, whole: Doc): Doc {
  let out = target;
  for (const [name, node] of tree.children) {
    if (isBranch(node)) {
      if (!hasExpression(node)) continue;
      const v = computeIn(own(out, name), node, whole);
      out = withField(out, target, name, v);
    } else if (node.kind === 'expression') {
      const v = node.value(whole);
      if (v !== undefined) out = withField(out, target, name, v);
      else if (Object.hasOwn(out, name)) {
        out = out === target ? { ...target } : out;
        delete out[name];
      }
    }
  }
  return out;
}

function withField(out: Doc, target: Doc, name: string, v: Value): Doc {
  const copy = out === target ? { ...target } : out;
  setOwn(copy, name, v);
  return copy;
}

function computeIn(v: Value, tree: Branch, whole: Doc): Value {
  if (isArr(v)) return v.map((e) => computeIn(e, tree, whole));
  return compute(isPlain(v) ? v : {}, tree, whole);
}

const hasExpression = (tree: Branch): boolean =>
  [...tree.children.values()].some((n) =>
    isBranch(n) ? hasExpression(n) : n.kind === 'expression',
  );
