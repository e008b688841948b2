import { connection } from 'next/server';
import { person } from '../person';

export default async function Page() {
  await connection(); // rendered for each request, as with a session
  return <h1>Hello {person.name}</h1>;
}
