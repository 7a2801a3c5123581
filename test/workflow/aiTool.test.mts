import type { IDataObject, INodeParameters, IWorkflowBase } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { assetWith, REPLIES, SPEAKER, uuid } from '../unit/answers.mts';
import { AGENT, agentTypes, SUB_AGENT, TOOL } from './agents.mts';
import { answersFrom, useApi } from './api.mts';
import { runWorkflow } from './harness.mts';
import { getWorkflow, node } from './workflows.mts';
