import { personalAccountsTenantId } from '@/lib/authority';
import { currentWords } from '@/lib/current-words';
import { getProduct } from '@/lib/product';
import styles from './sign-in-button.module.css';

/** Microsoft's own button. A form post, so that no link or prefetch starts a sign-in. */
export async function SignInButton({ returnTo }: { returnTo: string }) {
  const personal = getProduct().config.tenantIds.has(personalAccountsTenantId);
  const { buttons } = await currentWords();
  return (
    <form method="post" action="/auth/start" className="stack">
      <input type="hidden" name="returnTo" value={returnTo} />
      <button type="submit" className={styles.button}>
        <svg width="21" height="21" viewBox="0 0 21 21" aria-hidden="true" focusable="false">
          <path fill="#f25022" d="M1 1h9v9H1z" />
          <path fill="#7fba00" d="M11 1h9v9h-9z" />
          <path fill="#00a4ef" d="M1 11h9v9H1z" />
          <path fill="#ffb900" d="M11 11h9v9h-9z" />
        </svg>
        {buttons.signIn}
      </button>
      <p className="soft small">{personal ? buttons.anyAccount : buttons.workAccount}</p>
    </form>
  );
}
