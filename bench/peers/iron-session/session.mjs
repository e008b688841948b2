/** Sealed by iron-session's own `sealData`. */
import { sealData } from 'iron-session';
import { person } from './app/person.js';

const value = await sealData(person, { password: process.env.SESSION_PASSWORD });
console.log(JSON.stringify({ cookies: { 'iron-session': value } }));
