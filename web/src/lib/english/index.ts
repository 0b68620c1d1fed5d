import { accounts } from './accounts';
import { app } from './app';
import { catalogue } from './catalogue';
import { charts } from './charts';
import { common } from './common';
import { compare } from './compare';
import { deliveries } from './deliveries';
import { desk } from './desk';
import { everybody } from './everybody';
import { jobcenter } from './jobcenter';
import { keys } from './keys';
import { overview } from './overview';
import { target } from './target';
import { year } from './year';

export const english: Record<string, string> = { ...catalogue, ...common, ...app, ...accounts, ...desk, ...keys, ...everybody, ...overview, ...jobcenter, ...target, ...compare, ...deliveries, ...charts, ...year };
