import type { OutcomeKind } from '../admin-consent';
import { brokenInEnglish, helpMailInEnglish } from '../broken-words';
import type { SignInErrorCode } from '../sign-in-error';
import type { Mender } from '../sign-in-error-table';

// Over 250 lines: a language is one file.

type Explained = { title: string; happened: string; todo: string };

/** Every sentence that a visitor reads. `{app}` and `{support}` are filled from `lib/site.ts`
 * (`{Support}` with a capital letter); other gaps by the page, and a translation keeps those. What
 * operators read (`/admin`, `/setup`, the log, docs/) is in English, where it is shown. */
export default {
  /** How dates and numbers are written, as a BCP 47 tag. */
  locale: 'en-GB',
  /** Whom people ask, where `lib/site.ts` does not say it: it follows "ask" and "write to". */
  support: 'the people who run this app',
  frame: {
    skip: 'Skip to main content',
    help: 'Get help',
    account: 'Your account:',
    demo: {
      about: 'About this demo',
      title: 'Demo: no real accounts.',
      text: 'Sign-in runs against a stand-in on this computer. Nothing reaches Microsoft.',
      leave: 'Use real accounts',
    },
  },
  broken: brokenInEnglish,
  mail: {
    ...helpMailInEnglish,
    access: 'Access to {app}',
    accessWithNumber: 'Access to {app}, number {number}',
    organisation: 'Organisation',
  },
  moments: {
    justNow: 'just now',
    soon: 'in less than a minute',
    /** Before the number: "in about 5 hours", "about 5 hours ago". */
    about: 'about',
  },
  buttons: {
    /** Microsoft's own words: docs/decisions/0021-words-in-one-place.md. */
    signIn: 'Sign in with Microsoft',
    workAccount: 'Work or school account',
    anyAccount: 'Work, school or personal account',
    otherAccount: 'Use another account',
    tryAgain: 'Try again',
    signInAgain: 'Sign in again',
    startAgain: 'Start again',
    goBack: 'Go back',
  },
  start: {
    continueAs: 'Continue as {name}',
    password: {
      title: 'Your password stays with Microsoft',
      text: 'You give it on Microsoft’s own page. {app} never sees it.',
    },
    listed: {
      title: 'Open to listed organisations only',
      text: 'An account of any other organisation is turned away, and told why.',
    },
    leave: {
      title: 'Sign out at any time',
      text: 'Here alone, or from Microsoft too. If you forget, it ends by itself.',
    },
  },
  signIn: {
    title: 'Sign in',
    heading: 'Sign in to continue',
    toApp: '{app} is open to people of certain organisations. Use the account that you have there.',
    toPage:
      'The page that you asked for is for people who are signed in. You will go straight on to it.',
  },
  notFound: {
    title: 'Page not found',
    text: 'If you typed the address, check it. If you followed a link, the page may have been moved or removed.',
    home: 'Go to the start page of {app}',
  },
  forbidden: {
    title: 'Not open to you',
    heading: 'Your account cannot open this page',
    text: 'You are signed in, but this page is not open to your account, or not at the moment.',
    todo: 'If you were given access just now, sign in again. If not, reload the page to try again. If you need it for your work, ask {support}: {email}',
  },
  confirm: {
    title: 'Confirm that it is you',
    text: 'What you want to do is protected. You are signed in as {name}, and Microsoft may ask you to sign in once more, or to show in another way that it is you. You will then come back to the same page.',
    lost: 'What you entered could not be kept in full.',
    lostTodo: 'If you still need it, go back first and copy it.',
    go: 'Continue with Microsoft',
  },
  signedOut: {
    title: 'You are signed out',
    everywhere: 'You are signed out of {app} on all your devices.',
    everywhereLater:
      'This device is signed out of {app}. Your other devices follow as soon as we can reach all parts of {app} again. There is nothing more that you have to do.',
    shared:
      'If other people use this computer, make sure that you are signed out of Microsoft too.',
    unreachable:
      'We signed you out of {app}, but could not reach Microsoft. You may still be signed in there. If other people use this computer, close all browser windows now.',
    signOut: 'Sign out of Microsoft',
    tryAgain: 'Try Microsoft again',
  },
  account: {
    title: 'Your account',
    about: 'Account',
    overview: 'Overview',
    details: 'Details',
    name: 'Name',
    account: 'Account',
    noAccount: 'No account name',
    organisation: 'Organisation',
    organisationId: 'Organisation ID',
    accountId: 'Account ID',
    sessionId: 'Session ID',
    session: 'This session',
    signedIn: 'Signed in',
    ends: 'Ends',
    idle: 'When nothing is done for {time}',
    endsAtLatest: 'Ends at the latest',
    check: 'Check my session again',
    checked: 'Confirmed. The server checked your session again.',
    leave: 'Switch or sign out',
    other: 'Go on with a different account. You stay signed in until that has worked.',
    app: 'Ends your session in {app} only. You stay signed in to Microsoft, so the next sign-in is quick.',
    signOutApp: 'Sign out of {app}',
    microsoft:
      'Also signs you out of Microsoft in this browser, and so of your mail and other apps. The right choice on a shared computer.',
    signOutMicrosoft: 'Sign out of Microsoft too',
    everywhere:
      'Ends all your sessions in {app}, in every browser and on every device. The right choice when you lost one of them, or forgot to sign out somewhere.',
    signOutEverywhere: 'Sign out everywhere',
    administration: 'Administration: rules, health and latest sign-ins',
  },
  session: {
    idle: 'Are you still there?',
    idleText: 'Nothing was done here for a while. You will be signed out in about {time}.',
    failed: 'That did not work. Check your connection and try again.',
    stay: 'Stay signed in',
    signOut: 'Sign out',
    last: 'Save your work',
    lastText:
      'You have been signed in for as long as is allowed. You will be signed out in about {time}, and can sign in again then.',
    back: 'Back to the page',
    /** In the place of `{time}`, where less than 20 seconds are left. */
    fewSeconds: 'a few seconds',
    over: 'Your session has ended',
    overText:
      'The page is hidden now. Nothing that you entered on it is lost: sign in again with the same account, then come back to this tab.',
    signInAgain: 'Sign in again',
    newTab: '(in a new tab)',
    leaving: 'If you leave, what you entered is lost.',
    leave: 'Leave this page',
  },
  tooMany: {
    title: 'Too many attempts',
    text: 'There were more requests from your network than we can answer. Nothing is lost.',
    /** `{link}` is the link of the next line. */
    wait: 'Wait {time}, then {link}.',
    link: 'go on',
  },
  approve: {
    title: 'Approve {app} for your organisation',
    nothing: 'There is nothing to approve',
    nothingText:
      '{app} is for personal Microsoft accounts. They belong to no organisation, so no administrator needs to approve anything.',
    nothingForOthers:
      'Accounts of other organisations cannot sign in to {app}, so no administrator needs to approve anything.',
    toSignIn: 'Go to the sign-in page',
    why: 'People sign in to {app} with Microsoft. Some organisations let nobody do that until an administrator has approved it. If you are an administrator, you can do so here.',
    asks: 'What {app} asks for',
    asksName: 'each person’s name',
    asksMail: 'their e-mail address',
    asksNothing: 'It asks for nothing else: no mail, no files, no calendar.',
    next: 'What happens next',
    nextMicrosoft: 'Microsoft asks you to sign in and shows what you are about to approve.',
    nextBack: 'You accept or cancel there, and come back to a page that says how it ended.',
    nextLetIn:
      '{app} may still have to let your organisation in. That page gives you a number to send to {support}.',
    go: 'Continue to Microsoft',
    share: 'Not an administrator? Send this link to one:',
    write: 'Write to {support}: {email}',
    number: 'Give them this number: {number}',
  },
  /** How an approval ended. Whether the organisation is on the list is not said: anyone could ask for
   * any organisation's id. */
  approvals: {
    granted: {
      title: 'Your organisation has approved this app',
      happened: 'Microsoft now lets the people of your organisation sign in to {app}.',
      todo: 'One step may be left: {support} must let your organisation in. If they have not yet, send them the number below.',
    },
    refused: {
      title: 'You did not approve this app',
      happened: 'The approval was stopped at Microsoft before it was given. Nothing has changed.',
      todo: 'Start again when you are ready. Only an administrator of your organisation can approve.',
    },
    failed: {
      title: 'The approval did not work',
      happened: 'Microsoft’s answer does not say that your organisation approved this app.',
      todo: 'Try again. If it happens again, ask for help and give the number below.',
    },
    unmatched: {
      title: 'We could not match this approval to your browser',
      happened:
        'It was started in another browser or window, was already used, or your browser did not keep our cookie.',
      todo: 'Start again from here. If this comes back, allow cookies for this site.',
    },
    expired: {
      title: 'The approval took too long',
      happened: 'For your safety, an approval must be finished within 15 minutes.',
      todo: 'Start again. If you already accepted at Microsoft, that is kept, and it is quick.',
    },
    gone: {
      title: 'We no longer have the details',
      happened:
        'How an approval ended is kept for a few minutes, and only where the browser accepts our cookie.',
      todo: 'If you are not sure whether it worked, start again: approving twice does no harm.',
    },
  } satisfies Record<OutcomeKind | 'gone', Explained>,
  refusal: {
    menders: {
      you: 'What you can do yourself',
      administrator: 'Your administrator can help with this',
      operator: '{Support} can help with this',
      microsoft: 'This usually passes by itself',
    } satisfies Record<Mender, string>,
    signedInAs: 'You signed in as',
    stillSignedInAs: 'You are still signed in as {name}.',
    askApproval: 'Ask your administrator to approve this app',
    askAccess: 'Ask for access',
    tell: 'Tell {support}',
    help: 'Need help? Ask {support}: {email}',
    giveDetails: 'If you ask for help, give these details:',
    number: 'Number',
    time: 'Time',
    microsoftNumber: 'Microsoft’s number',
    copy: 'Copy these details',
    copied: 'Copied',
    copyFailed: 'That did not work. Select the text and copy it.',
    /** In the place of what the table below says of `unknown`, where we know nothing at all. */
    goneHappened:
      'We no longer have the details. They are kept for a few minutes, and only where the browser accepts our cookie.',
    goneTodo: 'Try again. If this comes back, allow cookies for this site.',
  },
  /** What each code of `lib/sign-in-error.ts` tells the visitor. */
  refusals: {
    access_denied: {
      title: 'You cancelled the sign-in',
      happened: 'Sign-in was stopped at Microsoft before it was finished. Nothing has changed.',
      todo: 'Sign in again when you are ready, or use another account.',
    },
    consent_required: {
      title: 'Your organisation has not approved this app yet',
      happened: 'Microsoft asks an administrator of your organisation to approve this app first.',
      todo: 'Ask your administrator to approve it, or sign in with another account.',
    },
    interaction_required: {
      title: 'Microsoft needs something more from you',
      happened: 'Microsoft could not finish the sign-in without asking you something.',
      todo: 'Sign in again and follow what Microsoft shows you.',
    },
    not_assigned: {
      title: 'You do not have access to this app yet',
      happened:
        'Your organisation chooses who may use this app, and your account is not among them.',
      todo: 'Ask your administrator to give you access, or sign in with another account.',
    },
    account_not_here: {
      title: 'This account cannot be used here',
      happened: 'Microsoft does not know it in the organisation that this app belongs to.',
      todo: 'Use another account, such as the one that your work or school gave you.',
    },
    account_blocked: {
      title: 'Your account is locked or switched off',
      happened: 'Microsoft does not let this account sign in at the moment.',
      todo: 'If you tried several times, wait a while. If that does not help, ask your administrator.',
    },
    blocked_by_policy: {
      title: 'Your organisation has blocked this sign-in',
      happened: 'A rule of your organisation forbids it for this device, place or account.',
      todo: 'Ask your administrator what the rule asks for, then sign in again.',
    },
    server_error: {
      title: 'Microsoft could not sign you in',
      happened: 'Microsoft reported a problem on its side.',
      todo: 'Wait a minute, then try again.',
    },
    tenant_not_allowed: {
      title: 'Your organisation cannot use this app',
      happened: 'You signed in at Microsoft, but this app is only open to certain organisations.',
      todo: 'Use an account of an organisation that may come in, or ask for access for yours.',
    },
    guest_not_allowed: {
      title: 'Guests cannot use this app',
      happened:
        'You signed in at Microsoft as a guest of this organisation, but this app is only open to its own members.',
      todo: 'If you have an account of the organisation itself, use that one. Otherwise ask for access.',
    },
    flow_missing: {
      title: 'We could not match this sign-in to your browser',
      happened:
        'The sign-in was started in another browser or window, was already used, or your browser did not keep our cookie.',
      todo: 'Start again from here. If this comes back, allow cookies for this site.',
    },
    flow_expired: {
      title: 'The sign-in took too long',
      happened: 'For your safety, a sign-in must be finished within 15 minutes.',
      todo: 'Start again. You will come back to the page that you wanted.',
    },
    flow_invalid: {
      title: 'This sign-in cannot be used',
      happened: 'The answer that came back is incomplete or does not belong to your sign-in.',
      todo: 'Start again from here.',
    },
    code_rejected: {
      title: 'This sign-in was already used or is too old',
      happened: 'Microsoft accepts each sign-in once, and only for a few minutes.',
      todo: 'Start again. You will come back to the page that you wanted.',
    },
    token_rejected: {
      title: 'We could not verify this sign-in',
      happened: 'What we received did not pass our checks, so we did not sign you in.',
      todo: 'Try again. If it happens again, ask for help and give the details below.',
    },
    provider_unavailable: {
      title: 'Microsoft sign-in is not answering',
      happened: 'We could not reach Microsoft just now. Nothing is wrong with your account.',
      todo: 'Wait a minute, then try again. You will come back to the page that you wanted.',
    },
    app_credentials: {
      title: 'This app is not set up correctly',
      happened: 'Microsoft did not accept this app. Nothing is wrong with your account.',
      todo: 'Tell {support}, and give them the details below.',
    },
    app_registration: {
      title: 'This app is not registered correctly',
      happened:
        'Microsoft did not accept what this app asked for. Nothing is wrong with your account.',
      todo: 'Tell {support}, and give them the details below.',
    },
    cookies_blocked: {
      title: 'Your browser did not keep our cookie',
      happened: 'We cannot sign you in without a cookie, and your browser did not send ours back.',
      todo: 'Allow cookies for this site, then sign in again. In a private window, try an ordinary one.',
    },
    page_forbidden: {
      title: 'Your account cannot open this page',
      happened: 'You are signed in, but this page is not open to your account.',
      todo: 'If you were given access just now, sign in again. If you need this page for your work, ask for access. If you have another account here, use that one.',
    },
    not_confirmed: {
      title: 'We could not confirm that it is you',
      happened:
        'This page asks you to show at Microsoft that it is really you. That did not happen this time. You are still signed in.',
      todo: 'Try again, and follow what Microsoft shows you to the end.',
    },
    revocations_unavailable: {
      title: 'This page is closed for a moment',
      happened:
        'We cannot check just now which sessions were ended, and this page stays closed until we can. You are still signed in, and other pages are open.',
      todo: 'Wait a minute, then try again.',
    },
    groups_unavailable: {
      title: 'Microsoft could not tell us your groups',
      happened:
        'What you may open here depends on your groups, and Microsoft could not tell us just now which ones you are in.',
      todo: 'Wait a minute, then try again. If it happens again, ask for help and give the details below.',
    },
    session_not_kept: {
      title: 'Your browser does not keep you signed in',
      happened:
        'You signed in at Microsoft several times, but each time our cookie was gone right after.',
      todo: 'Allow cookies for this site, wait a minute, then sign in again.',
    },
    unknown: {
      title: 'The sign-in did not work',
      happened: 'Something went wrong, and we do not know what.',
      todo: 'Try again. If it happens again, ask for help and give the details below.',
    },
  } satisfies Record<SignInErrorCode, Explained>,
} as const;
