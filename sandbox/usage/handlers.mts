import { paginate } from '../core/pagination.mts';
import type { Handlers } from '../core/handlerTypes.mts';
import { serializeCosts } from '../generation/serializers.mts';
import type { GenerationState } from '../generation/state.mts';

/** Usage: list the costs of generations, oldest first. */
export const usageHandlers: Handlers<Pick<GenerationState, 'generations'>> = {
	listGenerationCosts: ({ query }, { generations }) => {
		const { startTime, endTime, limit = 100, cursor } = query;
		const [start, end] = [Date.parse(startTime), Date.parse(endTime)];
		const costs = generations
			.all()
			.filter(({ generation: { createdAt } }) => {
				const time = Date.parse(createdAt);
				return time >= start && time < end;
			})
			.map((stored) => ({
				...serializeCosts(stored),
				createdAt: stored.generation.createdAt,
				model: stored.generation.model,
				apiKey: 'Sandbox',
			}));
		return paginate(costs, { limit, cursor });
	},
};
