// What the block editor makes of texts: node block_editor.mjs MODULES [WORDPRESS] <texts.json >judgement.json
//
// MODULES is a folder node_modules; the editor comes from there, or from an installed WordPress where its folder is given.
// Texts are {name: {"markup": TEXT}} to be read as blocks, or {name: {"pasted": HTML}} to be turned into blocks as
// "Convert to blocks" does. The judgement is {name: {"blocks": [{name, valid, issues, attributes, inside}], "saved": TEXT}}.

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const [modules, wordpress] = process.argv.slice(2);
const require = createRequire(join(resolve(modules), '..', 'block_editor.mjs'));
const { JSDOM, VirtualConsole } = require('jsdom');
const SILENT = new Proxy({}, { get: () => () => {} }); // the editor tells its judgement there too

function browser() {
    const { window } = new JSDOM('<!doctype html><html><body></body></html>', {
        url: 'https://desk.example/',
        pretendToBeVisual: true,
        runScripts: wordpress ? 'outside-only' : undefined,
        virtualConsole: new VirtualConsole(), // the style sheets are newer than what jsdom reads
    });
    class Observer {
        observe() {}
        unobserve() {}
        disconnect() {}
    }
    window.matchMedia = () => ({ matches: false, addListener() {}, removeListener() {}, addEventListener() {}, removeEventListener() {} });
    window.ResizeObserver = window.IntersectionObserver = Observer;
    window.console = SILENT;
    return window;
}

function fromModules(window) {
    for (const name of Object.getOwnPropertyNames(window)) {
        if (!(name in globalThis)) globalThis[name] = window[name];
    }
    Object.assign(globalThis, { window, document: window.document });
    Object.defineProperty(globalThis, 'navigator', { value: window.navigator, configurable: true });
    globalThis.console = SILENT;
    return { blocks: require('@wordpress/blocks'), library: require('@wordpress/block-library') };
}

// The scripts of a WordPress in the order in which each finds what it rests on.
function fromWordPress(window) {
    const folder = join(wordpress, 'wp-includes');
    const told = readFileSync(join(folder, 'assets', 'script-loader-packages.php'), 'utf8');
    const needs = new Map();
    for (const [, name, list] of told.matchAll(/'([\w-]+)\.js' => array\('dependencies' => array\(([^)]*)\)/g)) {
        needs.set(`wp-${name}`, [...list.matchAll(/'([^']+)'/g)].map((found) => found[1]));
    }
    const loaded = new Set();
    const load = (name) => {
        if (loaded.has(name)) return;
        loaded.add(name);
        for (const other of needs.get(name) ?? (name === 'react-dom' || name === 'react-jsx-runtime' ? ['react'] : [])) load(other);
        const dist = join(folder, 'js', 'dist');
        const file = needs.has(name) ? join(dist, `${name.slice(3)}.min.js`) : join(dist, 'vendor', `${name}.min.js`);
        if (existsSync(file)) window.eval(readFileSync(file, 'utf8'));
        if (name === 'lodash') window.eval('window.lodash = _.noConflict()');
    };
    ['lodash', 'wp-block-library'].forEach(load);
    return { blocks: window.wp.blocks, library: window.wp.blockLibrary };
}

function told(block) {
    return {
        name: block.name,
        valid: block.isValid,
        issues: (block.validationIssues ?? []).map((issue) => issue.args.map(String).join(' ').slice(0, 600)),
        attributes: JSON.parse(JSON.stringify(block.attributes)),
        inside: block.innerBlocks.map(told),
    };
}

const { blocks, library } = wordpress ? fromWordPress(browser()) : fromModules(browser());
library.registerCoreBlocks();
const judged = {};
for (const [name, text] of Object.entries(JSON.parse(readFileSync(0, 'utf8')))) {
    const read = 'pasted' in text ? blocks.rawHandler({ HTML: text.pasted }) : blocks.parse(text.markup);
    judged[name] = { blocks: read.map(told), saved: blocks.serialize(read) };
}
process.stdout.write(JSON.stringify(judged), () => process.exit(0)); // the editor has timers that never end
