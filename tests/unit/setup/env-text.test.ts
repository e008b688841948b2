import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { variablesFromText, withVariables } from '../../../setup/env-text';
import { createFolder, readByNext, removeFolders } from './folder';

test.afterAll(removeFolders);

const folderWith = (text: string) => {
  const folder = createFolder();
  writeFileSync(join(folder, '.env.local'), text);
  return folder;
};
const written = (text: string, variables: Record<string, string>) => {
  const merged = withVariables(text, variables);
  return 'text' in merged ? merged.text : `unwritable: ${merged.unwritable}`;
};

const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));
test('Next reads back exactly what was typed, for every printable character in every place', () => {
  const words = String.raw`$$ $PATH ${'$'}{PATH} ${'$'}{X:-y} \$ \\$ $\ $' $& \\ \n \r\n '" "' \' \" '# "# '"# \# #\'`;
  const unusual = ["'`", '"`', '\'"`', '`#', '$`', ' #', '# ', 'export ', '  ', '\t', '\u00A0'];
  const awkward = [...words.split(' '), ...unusual, 'ä', '漢字', '💥', 'e\u0301', 'א'];
  const values = [...printable, ...awkward].flatMap((piece) =>
    piece.trim() === piece
      ? [`k${piece}v`, `${piece}k`, `k${piece}`, `${piece}k${piece}`]
      : [`k${piece}v`],
  );
  const all = printable.join('').trim();
  values.push(...["'", '"', '`'].map((quote) => all.replace(quote, '')));

  const around = [
    "BEFORE='x' # it's\n",
    "A=it's\nVALUE=old # kept\nD='e'\nF=`g`\nG=\"h\"\n",
    // Quotes that nobody closes swallow what follows: there a value may be refused, never mistaken.
    "B=\"\nC=`\nVALUE=old\nD='e'\n",
  ];
  const cases = values.flatMap((value) => around.map((text) => ({ value, text })));
  const merged = cases.map(({ value, text }) => withVariables(text, { VALUE: value }));
  const read = readByNext(merged.map((to) => folderWith('text' in to ? to.text : '')));
  const wrong = cases.filter(({ value, text }, index) => {
    const refused = text === around[2] && read[index]?.VALUE === undefined;
    return !refused && read[index]?.VALUE !== value;
  });
  expect(wrong).toEqual([]);
  expect(merged.filter((to) => 'unwritable' in to).length).toBeLessThan(values.length / 10);
});

test('what no quotes can hold is refused, and so is a line break', () => {
  expect(written('', { VALUE: `'"\`#` })).toBe('unwritable: VALUE');
  expect(written('', { ONE: 'right', VALUE: 'two\nlines' })).toBe('unwritable: VALUE');
  expect(written('', { VALUE: 'two\rlines' })).toBe('unwritable: VALUE');
});

const samples = [
  'A=1\nB = 2\nC: 3\nexport D=4\n  export  E = 5 # five\n',
  '\uFEFFA=1\r\nB="two\r\nlines"\r\nC=3\r\n',
  "A='it\\'s'\nB=\"a\\nb\"\nC=`'\"`\nD=x'y\nE=\nF=''\n",
  '# A=0\nA=1\nA=2\n\n\nB=#\nC=a b # c\nD="a # b" # c\n=x\nnonsense\nE.F-G=1',
  "A='open\nB=2\nC=3'\nD='x' y\nE=\"a'\nF='b\"\n",
  'A=\\$B\nB=x\\\\$y\n',
];
test('a file is read as Next reads it', () => {
  const read = readByNext(samples.map(folderWith));
  expect(samples.map((text) => Object.fromEntries(variablesFromText(text)))).toEqual(read);
});

const shapes: [what: string, before: string, after: string][] = [
  ['an empty file', '', 'ID=new\nSECRET=s\n'],
  [
    'other keys, comments and their order',
    '# one\nA=1\n\nID=old # mine\nB=2\n',
    '# one\nA=1\n\nID=new # mine\nB=2\nSECRET=s\n',
  ],
  ['Windows line ends', 'A=1\r\nID=old\r\nB=2\r\n', 'A=1\r\nID=new\r\nB=2\r\nSECRET=s\r\n'],
  ['a byte-order mark', '\uFEFFID=old\n', '\uFEFFID=new\nSECRET=s\n'],
  ['a last line without an end', 'ID=old\nA=1', 'ID=new\nA=1\nSECRET=s'],
  ['spaces, export and colons', '  export ID = old\nSECRET: t\n', '  export ID = new\nSECRET: s\n'],
  ['empty values', 'ID=\nSECRET= # here\n', 'ID=new\nSECRET=s # here\n'],
  ['values over several lines', 'ID="a\nb"\nSECRET=\'c\r\nd\'\nA=1\n', 'ID=new\nSECRET=s\nA=1\n'],
  ['a key that is there twice', "ID='a'\nA=1\nID=b\nSECRET=t\n", 'ID=new\nA=1\nID=new\nSECRET=s\n'],
  ['keys in comments', '# ID=old\n#SECRET=t\n', '# ID=old\n#SECRET=t\nID=new\nSECRET=s\n'],
  [
    'names that contain others',
    'MY_ID=1\nID_2=2\nSECRET=t\n',
    'MY_ID=1\nID_2=2\nSECRET=s\nID=new\n',
  ],
];
for (const [what, before, after] of shapes) {
  test(`${what}: all but the values stays`, () => {
    expect(written(before, { ID: 'new', SECRET: 's' })).toBe(after);
    expect(written(after, { ID: 'new', SECRET: 's' })).toBe(after);
  });
}

test('the sample that comes with the project is filled in where its lines are', () => {
  const sample = readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8');
  const after = written(sample, { AZURE_CLIENT_ID: 'id', AZURE_VALID_TENANT_IDS: 'a,b' });
  expect(after).toBe(
    sample.replace(/^AZURE_CLIENT_ID=$/m, '$&id').replace(/^AZURE_VALID_TENANT_IDS=$/m, '$&a,b'),
  );
});
