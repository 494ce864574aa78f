import { bounded, callMethod, CLASSES, FUNCTIONS, MATH, property } from './values.ts';
import { scriptError, type Token, tokensOf } from './tokens.ts';

/** What a script knows while it looks at one document. */
export interface Scope {
  self: unknown;
  variables: Map<string, unknown>;
}

type Expression = (scope: Scope) => unknown;
/** Gives a box with the value when the script returns. */
type Statement = (scope: Scope) => { value: unknown } | undefined;

type Binary = (a: Expression, b: Expression) => Expression;
const strict =
  (f: (a: never, b: never) => unknown): Binary =>
  (a, b) =>
  (scope) =>
    f(a(scope) as never, b(scope) as never);

// biome-ignore lint/suspicious/noDoubleEquals: it is what `==` means in a script.
const loose = (a: unknown, b: unknown): boolean => a == b;

/** Binary operators with how tightly they bind. */
const BINARY: Readonly<Record<string, [binds: number, Binary]>> = {
  '??': [1, (a, b) => (scope) => a(scope) ?? b(scope)],
  '||': [2, (a, b) => (scope) => a(scope) || b(scope)],
  '&&': [3, (a, b) => (scope) => a(scope) && b(scope)],
  '==': [4, strict(loose)],
  '!=': [4, strict((a, b) => !loose(a, b))],
  '===': [4, strict((a, b) => a === b)],
  '!==': [4, strict((a, b) => a !== b)],
  '<': [5, strict((a, b) => a < b)],
  '<=': [5, strict((a, b) => a <= b)],
  '>': [5, strict((a, b) => a > b)],
  '>=': [5, strict((a, b) => a >= b)],
  '+': [6, strict((a: number, b: number) => bounded(a + b))],
  '-': [6, strict((a: number, b: number) => a - b)],
  '*': [7, strict((a: number, b: number) => a * b)],
  '/': [7, strict((a: number, b: number) => a / b)],
  '%': [7, strict((a: number, b: number) => a % b)],
};

const UNARY: Readonly<Record<string, (v: unknown) => unknown>> = {
  '!': (v) => !v,
  '-': (v) => -(v as number),
  '+': (v) => Number(v),
  typeof: (v) => typeof v,
};

const CONSTANTS: Readonly<Record<string, unknown>> = {
  true: true,
  false: false,
  null: null,
  undefined: undefined,
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
};

const DECLARES = new Set(['var', 'let', 'const']);

/** Reads a script, token by token, into functions that run it. */
export class ScriptParser {
  private readonly tokens: Token[];
  private at = 0;
  private readonly declared = new Set<string>();

  constructor(script: string) {
    this.tokens = tokensOf(script);
  }

  /** The whole script: a function, statements, or one expression whose value counts. */
  script(): Expression {
    const isFunction = this.accept('function');
    if (isFunction) {
      if (this.peek().kind === 'name') this.at++;
      this.expect('(');
      this.expect(')');
    }
    const run = isFunction ? this.block() : this.body();
    this.accept(';');
    if (this.peek().kind !== 'end') throw this.unexpected();
    return (scope) => run(scope)?.value;
  }

  /** What is no function: its last expression's value counts when nothing is returned. */
  private body(): Statement {
    const list: Statement[] = [];
    let last: Expression | undefined;
    while (this.peek().kind !== 'end') {
      last = undefined;
      if (this.startsStatement()) list.push(this.statement());
      else {
        const value = this.expression();
        last = value;
        if (!this.accept(';') && this.peek().kind !== 'end') throw this.unexpected();
        if (this.peek().kind !== 'end') list.push((scope) => void value(scope));
      }
    }
    const value = last;
    if (value) list.push((scope) => ({ value: value(scope) }));
    return inOrder(list);
  }

  private startsStatement(): boolean {
    const { kind, text } = this.peek();
    if (kind === 'sign') return text === '{' || text === ';';
    return kind === 'name' && (text === 'return' || text === 'if' || DECLARES.has(text));
  }

  private statement(): Statement {
    if (this.accept(';')) return () => undefined;
    if (this.is('{')) return this.block();
    if (this.accept('if')) return this.branch();
    if (this.accept('return')) {
      const value = this.is(';') || this.is('}') ? (): undefined => undefined : this.expression();
      this.accept(';');
      return (scope) => ({ value: value(scope) });
    }
    if (this.peek().kind === 'name' && DECLARES.has(this.peek().text)) return this.declaration();
    const value = this.expression();
    this.accept(';');
    return (scope) => void value(scope);
  }

  private block(): Statement {
    this.expect('{');
    const list: Statement[] = [];
    while (!this.accept('}')) {
      if (this.peek().kind === 'end') throw this.unexpected();
      list.push(this.statement());
    }
    return inOrder(list);
  }

  private branch(): Statement {
    this.expect('(');
    const condition = this.expression();
    this.expect(')');
    const then = this.statement();
    const otherwise = this.accept('else') ? this.statement() : undefined;
    return (scope) => (condition(scope) ? then(scope) : otherwise?.(scope));
  }

  private declaration(): Statement {
    this.at++;
    const name = this.name();
    const value = this.accept('=') ? this.expression() : (): undefined => undefined;
    this.accept(';');
    this.declared.add(name);
    return (scope) => void scope.variables.set(name, value(scope));
  }

  private expression(): Expression {
    const condition = this.binary(0);
    if (!this.accept('?')) return condition;
    const yes = this.expression();
    this.expect(':');
    const no = this.expression();
    return (scope) => (condition(scope) ? yes(scope) : no(scope));
  }

  private binary(least: number): Expression {
    let left = this.unary();
    for (;;) {
      const { kind, text } = this.peek();
      const found = kind === 'sign' ? BINARY[text] : undefined;
      if (!found || found[0] <= least) return left;
      this.at++;
      left = found[1](left, this.binary(found[0]));
    }
  }

  private unary(): Expression {
    const { kind, text } = this.peek();
    const operator = kind !== 'string' && Object.hasOwn(UNARY, text) ? UNARY[text] : undefined;
    if (!operator) return this.postfix(this.primary());
    this.at++;
    const value = this.unary();
    return (scope) => operator(value(scope));
  }

  private postfix(of: Expression): Expression {
    let value = of;
    for (;;) {
      const self = value;
      let key: Expression;
      if (this.accept('.')) {
        const name = this.name();
        key = () => name;
      } else if (this.accept('[')) {
        key = this.expression();
        this.expect(']');
      } else return value;
      const args = this.is('(') ? this.arguments() : undefined;
      value = args
        ? (scope) =>
            callMethod(
              self(scope),
              key(scope),
              args.map((arg) => arg(scope)),
            )
        : (scope) => property(self(scope), key(scope));
    }
  }

  private primary(): Expression {
    const token = this.peek();
    this.at++;
    const { kind, text, flags } = token;
    if (kind === 'number') {
      const n = Number(text);
      return () => n;
    }
    if (kind === 'string') return () => text;
    if (kind === 'regex') return () => new RegExp(text, flags);
    if (kind === 'name') return this.named(text);
    if (text === '(') {
      const value = this.expression();
      this.expect(')');
      return value;
    }
    if (text === '[') {
      const elements = this.list(']');
      return (scope) => elements.map((element) => element(scope));
    }
    this.at--;
    throw this.unexpected();
  }

  private named(name: string): Expression {
    if (name === 'this' || name === 'obj') return (scope) => scope.self;
    if (name === 'new') return this.call(CLASSES, this.name());
    if (name === 'Math') {
      this.expect('.');
      return this.call(MATH, this.name());
    }
    if (Object.hasOwn(CONSTANTS, name)) return () => CONSTANTS[name];
    if (this.is('(')) return this.call(FUNCTIONS, name);
    if (!this.declared.has(name)) throw scriptError(`ReferenceError: ${name} is not defined`);
    return (scope) => scope.variables.get(name);
  }

  private call(
    table: Readonly<Record<string, (...args: unknown[]) => unknown>>,
    name: string,
  ): Expression {
    const called = Object.hasOwn(table, name) ? table[name] : undefined;
    if (!called) throw scriptError(`ReferenceError: ${name} is not to be had in $where`);
    const args = this.is('(') ? this.arguments() : [];
    return (scope) => called(...args.map((arg) => arg(scope)));
  }

  private arguments(): Expression[] {
    this.expect('(');
    return this.list(')');
  }

  private list(end: string): Expression[] {
    const out: Expression[] = [];
    while (!this.accept(end)) {
      out.push(this.expression());
      if (!this.is(end)) this.expect(',');
    }
    return out;
  }

  private peek(): Token {
    return this.tokens[this.at] as Token;
  }

  private is(text: string): boolean {
    const token = this.peek();
    return token.text === text && (token.kind === 'sign' || token.kind === 'name');
  }

  private accept(text: string): boolean {
    if (!this.is(text)) return false;
    this.at++;
    return true;
  }

  private expect(text: string): void {
    if (!this.accept(text)) throw this.unexpected();
  }

  private name(): string {
    const { kind, text } = this.peek();
    if (kind !== 'name') throw this.unexpected();
    this.at++;
    return text;
  }

  private unexpected(): Error {
    const { kind, text } = this.peek();
    const what = kind === 'end' ? 'end of script' : `'${text}'`;
    return scriptError(
      `SyntaxError: unexpected ${what}; $where takes conditions and expressions, no loops and no functions`,
    );
  }
}

const inOrder =
  (list: readonly Statement[]): Statement =>
  (scope) => {
    for (const statement of list) {
      const returned = statement(scope);
      if (returned) return returned;
    }
    return undefined;
  };
