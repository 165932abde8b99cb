// One line of JSON for each test that node:test ran, for ./test to count.
export default async function* report(events) {
  for await (const { type, data } of events) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.details?.type === 'suite') continue;
    const error = data.details?.error;
    // A parent fails with its parts; the parts say why.
    if (error?.failureType === 'subtestsFailed') continue;
    const outcome = data.skip !== undefined || data.todo !== undefined ? 'skipped' : type === 'test:pass' ? 'passed' : 'failed';
    yield `${JSON.stringify({ name: data.name, outcome, message: error ? String(error.cause?.stack ?? error.cause ?? error.message) : undefined })}\n`;
  }
}
