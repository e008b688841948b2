import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { Flight } from '@/components/setup/flight';
import styles from '@/components/setup/flights.module.css';
import { Locked } from '@/components/setup/locked';
import pageStyles from '@/components/setup/setup.module.css';
import { StartButton } from '@/components/start-button';
import { isHere, isOpen } from '@/setup/door';
import { flightStore, mostFlights } from '@/setup/flights/flights';

export const metadata: Metadata = { title: 'Flight recorder', robots: { index: false } };

/** Integrations → Azure Auth Manager → Flight recorder: the protocol, as it happened. In
 * development only, and behind the lock of the set-up page. */
export default async function FlightsPage() {
  const request = await headers();
  if (!isHere(request)) notFound();
  if (!isOpen(request)) return <Locked problem={undefined} />;
  const flights = flightStore.flights.toReversed();
  return (
    <div lang="en" className={`stack ${pageStyles.page}`}>
      <p className="soft small">
        Integrations → <a href="/setup">Azure Auth Manager</a> → Flight recorder
      </p>
      <h1>Flight recorder</h1>
      <p className="lead soft">
        Every step of the last {mostFlights} sign-ins of this server, the newest first. Codes,
        tokens, secrets and what they say about people are left out: names, lengths and verdicts
        remain. A build does none of this.
      </p>
      <div className="actions">
        <StartButton returnTo="/setup/flights" otherAccount primary>
          Sign in and watch
        </StartButton>
        <a href="/setup/flights">Show the latest</a>
      </div>
      {flights.length === 0 ? (
        <p>No sign-in yet, since the server was started.</p>
      ) : (
        <div className={styles.flights}>
          {flights.map((flight, index) => (
            <Flight key={flight.number} flight={flight} isOpen={index === 0} />
          ))}
        </div>
      )}
    </div>
  );
}
