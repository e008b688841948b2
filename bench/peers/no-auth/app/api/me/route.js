import { connection } from 'next/server';
import { person } from '../../person';

export async function GET() {
  await connection();
  return Response.json({ name: person.name });
}
