import { Code } from 'bson';
import { MongoError } from '../../errors.ts';
import type { Doc, Value } from '../../values/index.ts';
import { ScriptParser } from './parse.ts';
import { scriptError } from './tokens.ts';
import { scriptValue } from './values.ts';

/**
 * The part of `$where` that always ends: expressions over `this` and `obj`, conditions, variables
 * and `return`. Nothing of this program can be reached from it.
 * @throws MongoError 2, 139
 * @see https://www.mongodb.com/docs/manual/reference/operator/query/where/
 */
export function compileWhere(script: Value): (doc: Doc) => boolean {
  const text = script instanceof Code ? String(script.code) : script;
  if (typeof text !== 'string') throw new MongoError(2, '$where got bad type');
  const run = new ScriptParser(text).script();
  return (doc) => {
    try {
      return Boolean(run({ self: scriptValue(doc), variables: new Map() }));
    } catch (error) {
      // Such as a regular expression that is none, or an invalid time.
      throw error instanceof MongoError ? error : scriptError(String(error));
    }
  };
}
