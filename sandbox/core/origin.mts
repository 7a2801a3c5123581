import type { FastifyRequest } from 'fastify';

/** Gets the URL at which a client reaches the sandbox, such as `http://127.0.0.1:8787`. */
export const getOrigin = ({ protocol, host }: FastifyRequest): string => `${protocol}://${host}`;
