// One file to the runner, because these tests share one build (./access/fork.ts).
import { test } from './access/fork';
import './access/recipe-tests';
import './access/step-up';
import './access/table';

// Or every failure would build it anew.
test.describe.configure({ mode: 'serial' });
test.use({ listed: ['contoso', 'fabrikam', 'northwind', 'personal'] });
