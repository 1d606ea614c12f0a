/* A Socket Mode client that does nothing by itself: it shows each frame as it came, and sends what it is told. */
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import tls from 'node:tls';

export const OPCODE = { MORE: 0, TEXT: 1, CLOSE: 8, PING: 9, PONG: 10 };

export class Raw {
	/* Resolves when TLS stands; rejects as OpenSSL says. */
	static connect(url, ca, silence = 60000) {
		const at = new URL(url);

		return new Promise((done, failed) => {
			const socket = tls.connect({ host: at.hostname, port: Number(at.port), ca, ALPNProtocols: ['http/1.1'] });
			socket.once('secureConnect', () => done(new Raw(socket, at)));
			socket.once('error', failed);
			socket.setTimeout(silence, () => socket.destroy(new Error('silence')));
		});
	}

	constructor(socket, at) {
		Object.assign(this, { socket, at, bytes: Buffer.alloc(0), waiting: [], ended: false });
		socket.setTimeout(0);
		socket.removeAllListeners('error');
		socket.on('error', () => {});
		socket.on('data', (part) => { this.bytes = Buffer.concat([this.bytes, part]); this.wake(); });
		socket.on('close', () => { this.ended = true; this.wake(); });
	}

	wake() { this.waiting.splice(0).forEach((done) => done()); }

	/* Tries `take` after each piece that comes; it gives undefined as long as it wants more. */
	async wait(what, take, ms = 60000) {
		const late = Date.now() + ms;
		for (;;) {
			const got = take();
			if (got !== undefined)
				return got;
			assert.ok(!this.ended, `${what}: the connection ended`);
			assert.ok(Date.now() < late, `${what}: nothing came in ${ms} ms`);
			await new Promise((done) => { this.waiting.push(done); setTimeout(done, 50); });
		}
	}

	take(length) {
		const part = this.bytes.subarray(0, length);
		this.bytes = this.bytes.subarray(length);
		return part;
	}

	/* The handshake: {status, head, accepted}. */
	async upgrade() {
		const key = crypto.randomBytes(16).toString('base64');
		const wanted = crypto.createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');

		this.socket.write(`GET ${this.at.pathname}${this.at.search} HTTP/1.1\r\nHost: ${this.at.host}\r\nUpgrade: websocket\r\n`
			+ `Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`);
		const head = await this.wait('the handshake', () => {
			const end = this.bytes.indexOf('\r\n\r\n');
			return end < 0 ? undefined : this.take(end + 4).toString();
		});
		return { status: Number(head.split(' ')[1]), head, accepted: head.includes(`Sec-WebSocket-Accept: ${wanted}\r\n`) };
	}

	frame(ms) {
		return this.wait('a frame', () => {
			const short = this.bytes.length > 1 ? this.bytes[1] & 127 : 0;
			const head = short === 127 ? 10 : short === 126 ? 4 : 2;
			if (this.bytes.length < head)
				return undefined;
			const length = short === 127 ? Number(this.bytes.readBigUInt64BE(2)) : short === 126 ? this.bytes.readUInt16BE(2) : short;
			if (this.bytes.length < head + length)
				return undefined;
			const first = this.take(head)[0];
			return { fin: first >= 128, opcode: first & 15, text: this.take(length).toString('latin1') };
		}, ms);
	}

	/* The next message; pings are answered on the way. `frames` is how it came. */
	async message(ms) {
		const frames = [];
		for (;;) {
			const frame = await this.frame(ms);
			frames.push(frame);
			if (frame.opcode === OPCODE.PING)
				this.send(OPCODE.PONG, frame.text);
			else if (frame.opcode === OPCODE.CLOSE)
				return { closed: Buffer.from(frame.text, 'latin1').readUInt16BE(0), frames };
			else if (frame.fin)
				return { json: JSON.parse(Buffer.from(frames.filter((f) => f.opcode < OPCODE.CLOSE).map((f) => f.text).join(''), 'latin1')), frames };
		}
	}

	send(opcode, text) {
		const body = Buffer.from(text), mask = crypto.randomBytes(4);
		const size = body.length < 126 ? Buffer.from([128 | body.length]) : Buffer.from([254, body.length >> 8, body.length & 255]);

		this.socket.write(Buffer.concat([Buffer.from([128 | opcode]), size, mask, body.map((byte, i) => byte ^ mask[i % 4])]));
	}

	ack(json) { this.send(OPCODE.TEXT, JSON.stringify({ envelope_id: json.envelope_id })); }

	end() { this.socket.destroy(); }
}
