import Fastify from 'fastify';

/** What the model does next: call a tool, or answer the user. */
export type Turn = { call: string; args: object } | { answer: string };

/** Decides what the model does next. @param results what the tools have returned so far */
export type Script = (results: string[]) => Turn;

/** A running model. */
export interface LocalModel {
	/** The base URL for n8n's OpenAI credential. */
	url: string;
	/** Replaces what the model does. */
	setScript: (script: Script) => void;
	close: () => Promise<void>;
}

/** A request to OpenAI's Chat Completions API, as far as the model reads it. */
interface ChatRequest {
	messages: Array<{ role: string; content: string }>;
}

const toMessage = (turn: Turn, count: number): object =>
	'answer' in turn
		? { role: 'assistant', content: turn.answer }
		: {
				role: 'assistant',
				content: null,
				tool_calls: [
					{
						id: `call_${count}`,
						type: 'function',
						function: { name: turn.call, arguments: JSON.stringify(turn.args) },
					},
				],
			};

/** Starts a model for n8n's AI Agent that follows a script, behind the interface of OpenAI's Chat Completions API. */
export async function startLocalModel(initialScript: Script): Promise<LocalModel> {
	let script = initialScript;
	const app = Fastify();
	app.post<{ Body: ChatRequest }>('/v1/chat/completions', ({ body }) => {
		const results = body.messages.filter(({ role }) => role === 'tool');
		const turn = script(results.map(({ content }) => content));
		return {
			id: `chatcmpl-${results.length}`,
			object: 'chat.completion',
			created: Math.floor(Date.now() / 1000),
			model: 'local',
			choices: [
				{
					index: 0,
					message: toMessage(turn, results.length),
					finish_reason: 'answer' in turn ? 'stop' : 'tool_calls',
				},
			],
			usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
		};
	});
	const origin = await app.listen({ host: '127.0.0.1', port: 0 });
	return {
		url: `${origin}/v1`,
		setScript: (next) => {
			script = next;
		},
		close: async () => await app.close(),
	};
}
