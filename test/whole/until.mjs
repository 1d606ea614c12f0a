/* The tests' own way to wait: what fails is asked again, what is wrong is told at once. */
import assert from 'node:assert/strict';
import { until } from './box.mjs';

let asked = 0;
assert.equal(await until('the third answer', async () => {
	if (++asked < 3)
		throw new Error('not there');
	return asked;
}, 5000, 1), 3);
await assert.rejects(until('nothing', async () => { throw new Error('no such thing'); }, 5, 1), /waited 5 ms for: nothing \(no such thing\)/);

asked = 0;
await assert.rejects(until('what cannot be', async () => {
	asked++;
	assert.equal(1, 2, 'one is not two');
}, 5000, 1), { name: 'AssertionError', message: /^one is not two/ });
assert.equal(asked, 1, 'an assertion is not asked for again');
console.log('ok - waiting');
