// What Ghost makes of posts: node judge.mjs MODULES <posts.json >judgement.json
//
// MODULES is the folder with node_modules. Posts are a list as the Admin API takes them, with "html". The judgement is a list
// of {root, problems}: the cards that the HTML becomes, and what Ghost's own schema finds wrong with the post.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const require = createRequire(join(resolve(process.argv[2]), 'judge.mjs'));
const { htmlToLexical } = require('@tryghost/kg-html-to-lexical');
const { validate } = require('@tryghost/admin-api-schema');

const judgement = [];
for (const post of JSON.parse(readFileSync(0, 'utf8'))) {
    const problems = await validate({ data: { posts: [post] }, schema: 'posts-add', definition: 'posts' })
        .then(() => [], (error) => [error.message, error.context, ...(error.errorDetails ?? []).map(JSON.stringify)]);
    judgement.push({ root: htmlToLexical(post.html).root, problems });
}
process.stdout.write(JSON.stringify(judgement));
