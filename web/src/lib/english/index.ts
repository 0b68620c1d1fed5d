import { app } from './app';
import { common } from './common';
import { keys } from './keys';
import { everybody } from './everybody';

export const english: Record<string, string> = { ...common, ...app, ...keys, ...everybody };
