export interface RuleEntry { code: string; name: string; severity: string }

/** The rules that the configuration's schema names, by code. KHK901 has no severity to configure and stands in no schema. */
export function rulesOf(schema: unknown): RuleEntry[] {
  const properties = (schema as { definitions: { rules: { properties: Record<string, { description: string }> } } }).definitions.rules.properties;
  const rules = Object.entries(properties).map(([name, { description }]) => {
    const [, code, severity] = /^(KHK\d{3}); default: (\w+)$/.exec(description) ?? [];
    if (code === undefined || severity === undefined) {
      throw new Error(`The schema describes rule ${name} as "${description}"; expected "KHK000; default: severity".`);
    }
    return { code, name, severity };
  });
  rules.push({ code: 'KHK901', name: 'minor-sexual-content', severity: 'error' });
  return rules.sort((a, b) => a.code.localeCompare(b.code));
}
