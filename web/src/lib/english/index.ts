import { app } from './app';
import { common } from './common';

export const english: Record<string, string> = { ...common, ...app };
