// Values against types of the protocol's model.
import { readFileSync } from 'node:fs';

const model = JSON.parse(readFileSync(new URL('model.json', import.meta.url), 'utf8'));
const index = kind => new Map(model[kind].map(item => [item.name ?? item.method, item]));
const [structures, enumerations, aliases, requests, notifications] = ['structures', 'enumerations', 'typeAliases', 'requests', 'notifications'].map(index);

/** What is wrong with a reply; empty where nothing is. */
export const reply = (method, value) => faults(requests.get(method).result, value, method);

/** What is wrong with the parameters of a message of the server's. */
export function told(method, value) {
  const item = requests.get(method) ?? notifications.get(method);
  return item ? faults(item.params, value, method) : [`${method}: the protocol has no such message`];
}

/** The properties of a structure by name, with those it extends and mixes in. */
function properties(structure) {
  const all = new Map();
  for (const parent of [...structure.extends ?? [], ...structure.mixins ?? []]) for (const [name, property] of properties(structures.get(parent.name))) all.set(name, property);
  for (const property of structure.properties) all.set(property.name, property);
  return all;
}

function faults(type, value, at) {
  switch (type.kind) {
    case 'base': return base(type.name, value) ? [] : [`${at}: ${JSON.stringify(value)} is no ${type.name}`];
    case 'stringLiteral': return value === type.value ? [] : [`${at}: ${JSON.stringify(value)} is not ${type.value}`];
    case 'array': return Array.isArray(value) ? value.flatMap((item, i) => faults(type.element, item, `${at}[${i}]`)) : [`${at} is no array`];
    case 'tuple': return Array.isArray(value) && value.length === type.items.length ? type.items.flatMap((item, i) => faults(item, value[i], `${at}[${i}]`)) : [`${at} is no tuple`];
    case 'map': return isObject(value) ? Object.entries(value).flatMap(([key, item]) => faults(type.value, item, `${at}.${key}`)) : [`${at} is no map`];
    case 'literal': return record(new Map(type.value.properties.map(property => [property.name, property])), value, at);
    case 'or': {
      // The nearest alternative is the one that says what is wrong.
      const each = type.items.map(item => faults(item, value, at));
      return each.reduce((best, next) => next.length < best.length ? next : best);
    }
    case 'and': return type.items.flatMap(item => faults(item, value, at));
    case 'reference': return named(type.name, value, at);
    default: throw new Error(`unknown kind of type: ${type.kind}`);
  }
}

function named(name, value, at) {
  if (name === 'LSPAny' || name === 'LSPObject' || name === 'LSPArray') return [];
  if (aliases.has(name)) return faults(aliases.get(name).type, value, at);
  if (structures.has(name)) return record(properties(structures.get(name)), value, at);
  const enumeration = enumerations.get(name);
  if (!base(enumeration.type.name, value)) return [`${at}: ${JSON.stringify(value)} is no ${name}`];
  return enumeration.supportsCustomValues || enumeration.values.some(item => item.value === value) ? [] : [`${at}: ${JSON.stringify(value)} is no value of ${name}`];
}

function record(expected, value, at) {
  if (!isObject(value)) return [`${at} is no object`];
  const found = Object.keys(value).filter(key => !expected.has(key)).map(key => `${at}.${key} is not of the protocol`);
  for (const [name, property] of expected) {
    if (value[name] !== undefined) found.push(...faults(property.type, value[name], `${at}.${name}`));
    else if (!property.optional) found.push(`${at}.${name} is missing`);
  }
  return found;
}

function base(name, value) {
  switch (name) {
    case 'boolean': return typeof value === 'boolean';
    case 'null': return value === null;
    case 'integer': return Number.isInteger(value) && Math.abs(value) <= 2 ** 31;
    case 'uinteger': return Number.isInteger(value) && value >= 0 && value < 2 ** 31;
    case 'decimal': return typeof value === 'number';
    default: return typeof value === 'string';
  }
}

const isObject = value => typeof value === 'object' && value !== null && !Array.isArray(value);
