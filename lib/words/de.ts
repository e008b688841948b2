import type { Words } from '../words';

// Over 250 lines: a language is one file.

export default {
  locale: 'de-DE',
  support: 'die Personen, die diese App betreiben',
  frame: {
    skip: 'Zum Hauptinhalt springen',
    help: 'Hilfe erhalten',
    account: 'Ihr Konto:',
    demo: {
      about: 'Über diese Demo',
      title: 'Demo: keine echten Konten.',
      text: 'Die Anmeldung läuft über eine Nachbildung auf diesem Computer. Microsoft erfährt davon nichts.',
      leave: 'Echte Konten verwenden',
    },
  },
  broken: {
    title: 'Etwas ist schiefgegangen',
    text: 'Wir konnten diese Seite nicht anzeigen. Sie können es noch einmal versuchen oder zur Startseite zurückgehen.',
    again: 'Noch einmal versuchen',
    start: 'Startseite',
    help: 'Wenn das öfter vorkommt, {ask}.',
    helpWithNumber: 'Wenn das öfter vorkommt, {ask} und nennen Sie diese Nummer: {number}.',
    ask: 'bitten Sie um Hilfe',
  },
  mail: {
    help: 'Anmeldung bei {app}',
    helpWithNumber: 'Anmeldung bei {app}, Nummer {number}',
    access: 'Zugang zu {app}',
    accessWithNumber: 'Zugang zu {app}, Nummer {number}',
    organisation: 'Organisation',
  },
  moments: {
    justNow: 'gerade eben',
    soon: 'in weniger als einer Minute',
    about: 'etwa',
  },
  buttons: {
    signIn: 'Mit Microsoft anmelden',
    workAccount: 'Geschäfts-, Schul- oder Unikonto',
    anyAccount: 'Geschäfts-, Schul-, Uni- oder persönliches Konto',
    otherAccount: 'Anderes Konto verwenden',
    tryAgain: 'Noch einmal versuchen',
    signInAgain: 'Erneut anmelden',
    startAgain: 'Neu beginnen',
    goBack: 'Zurück',
  },
  start: {
    continueAs: 'Weiter als {name}',
    password: {
      title: 'Ihr Kennwort bleibt bei Microsoft',
      text: 'Sie geben es auf einer Seite von Microsoft ein. {app} sieht es nie.',
    },
    listed: {
      title: 'Nur für bestimmte Organisationen',
      text: 'Wer ein Konto einer anderen Organisation verwendet, wird abgewiesen und erfährt, warum.',
    },
    leave: {
      title: 'Jederzeit abmelden',
      text: 'Nur hier oder auch bei Microsoft. Wenn Sie es vergessen, endet die Sitzung von selbst.',
    },
  },
  signIn: {
    title: 'Anmelden',
    heading: 'Melden Sie sich an, um fortzufahren',
    toApp:
      '{app} steht Personen bestimmter Organisationen offen. Verwenden Sie das Konto, das Sie dort haben.',
    toPage:
      'Die gewünschte Seite ist für angemeldete Personen. Nach der Anmeldung gelangen Sie direkt dorthin.',
  },
  notFound: {
    title: 'Seite nicht gefunden',
    text: 'Wenn Sie die Adresse eingegeben haben, prüfen Sie sie. Wenn Sie einem Link gefolgt sind, wurde die Seite vielleicht verschoben oder entfernt.',
    home: 'Zur Startseite von {app}',
  },
  forbidden: {
    title: 'Für Sie nicht zugänglich',
    heading: 'Mit Ihrem Konto können Sie diese Seite nicht öffnen',
    text: 'Sie sind angemeldet, aber diese Seite ist für Ihr Konto nicht oder im Augenblick nicht zugänglich.',
    todo: 'Wenn Sie gerade erst Zugang erhalten haben, melden Sie sich erneut an. Wenn nicht, laden Sie die Seite neu, um es noch einmal zu versuchen. Wenn Sie die Seite für Ihre Arbeit brauchen, fragen Sie {support}: {email}',
  },
  confirm: {
    title: 'Bestätigen Sie, dass Sie es sind',
    text: 'Was Sie tun möchten, ist geschützt. Sie sind als {name} angemeldet. Microsoft bittet Sie vielleicht, sich noch einmal anzumelden oder auf andere Weise zu zeigen, dass Sie es sind. Danach kommen Sie auf dieselbe Seite zurück.',
    lost: 'Ihre Eingaben konnten nicht vollständig aufbewahrt werden.',
    lostTodo: 'Wenn Sie sie noch brauchen, gehen Sie zuerst zurück und kopieren Sie sie.',
    go: 'Weiter mit Microsoft',
  },
  signedOut: {
    title: 'Sie sind abgemeldet',
    everywhere: 'Sie sind auf allen Ihren Geräten von {app} abgemeldet.',
    everywhereLater:
      'Dieses Gerät ist von {app} abgemeldet. Ihre anderen Geräte folgen, sobald wir alle Teile von {app} wieder erreichen. Sie müssen nichts weiter tun.',
    shared:
      'Wenn auch andere diesen Computer benutzen, vergewissern Sie sich, dass Sie auch bei Microsoft abgemeldet sind.',
    unreachable:
      'Wir haben Sie von {app} abgemeldet, konnten aber Microsoft nicht erreichen. Dort sind Sie vielleicht noch angemeldet. Wenn auch andere diesen Computer benutzen, schließen Sie jetzt alle Browserfenster.',
    signOut: 'Von Microsoft abmelden',
    tryAgain: 'Microsoft erneut versuchen',
  },
  account: {
    title: 'Ihr Konto',
    about: 'Konto',
    overview: 'Übersicht',
    details: 'Einzelheiten',
    name: 'Name',
    account: 'Konto',
    noAccount: 'Kein Kontoname',
    organisation: 'Organisation',
    organisationId: 'ID der Organisation',
    accountId: 'ID des Kontos',
    sessionId: 'ID der Sitzung',
    session: 'Diese Sitzung',
    signedIn: 'Angemeldet',
    ends: 'Endet',
    idle: 'Wenn {time} lang nichts geschieht',
    endsAtLatest: 'Endet spätestens',
    check: 'Meine Sitzung erneut prüfen',
    checked: 'Bestätigt. Der Server hat Ihre Sitzung erneut geprüft.',
    leave: 'Wechseln oder abmelden',
    other: 'Mit einem anderen Konto weitermachen. Sie bleiben angemeldet, bis das gelungen ist.',
    app: 'Beendet Ihre Sitzung nur in {app}. Bei Microsoft bleiben Sie angemeldet, die nächste Anmeldung geht also schnell.',
    signOutApp: 'Von {app} abmelden',
    microsoft:
      'Meldet Sie in diesem Browser auch von Microsoft ab, also auch von Ihrer E-Mail und anderen Apps. Die richtige Wahl an einem gemeinsam genutzten Computer.',
    signOutMicrosoft: 'Auch von Microsoft abmelden',
    everywhere:
      'Beendet alle Ihre Sitzungen in {app}, in jedem Browser und auf jedem Gerät. Die richtige Wahl, wenn Sie ein Gerät verloren oder irgendwo vergessen haben, sich abzumelden.',
    signOutEverywhere: 'Überall abmelden',
    administration: 'Verwaltung: Regeln, Zustand und letzte Anmeldungen',
  },
  session: {
    idle: 'Sind Sie noch da?',
    idleText: 'Hier ist eine Weile nichts geschehen. Sie werden in etwa {time} abgemeldet.',
    failed: 'Das hat nicht geklappt. Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.',
    stay: 'Angemeldet bleiben',
    signOut: 'Abmelden',
    last: 'Sichern Sie Ihre Arbeit',
    lastText:
      'Sie waren so lange angemeldet, wie es erlaubt ist. Sie werden in etwa {time} abgemeldet und können sich dann wieder anmelden.',
    back: 'Zurück zur Seite',
    fewSeconds: '10 Sekunden',
    over: 'Ihre Sitzung ist beendet',
    overText:
      'Die Seite ist jetzt verdeckt. Nichts, was Sie darauf eingegeben haben, ist verloren: Melden Sie sich mit demselben Konto wieder an und kommen Sie dann zu diesem Tab zurück.',
    signInAgain: 'Erneut anmelden',
    newTab: '(in einem neuen Tab)',
    leaving: 'Wenn Sie die Seite verlassen, gehen Ihre Eingaben verloren.',
    leave: 'Diese Seite verlassen',
  },
  tooMany: {
    title: 'Zu viele Versuche',
    text: 'Aus Ihrem Netzwerk kamen mehr Anfragen, als wir beantworten können. Nichts ist verloren.',
    wait: 'Wartezeit: {time}. Danach {link}.',
    link: 'geht es hier weiter',
  },
  approve: {
    title: '{app} für Ihre Organisation genehmigen',
    nothing: 'Hier gibt es nichts zu genehmigen',
    nothingText:
      '{app} ist für persönliche Microsoft-Konten. Sie gehören zu keiner Organisation, deshalb muss keine Administration etwas genehmigen.',
    nothingForOthers:
      'Konten anderer Organisationen können sich bei {app} nicht anmelden, deshalb muss keine Administration etwas genehmigen.',
    toSignIn: 'Zur Anmeldeseite',
    why: 'Bei {app} meldet man sich mit Microsoft an. Manche Organisationen lassen das erst zu, wenn ihre Administration es genehmigt hat. Wenn Sie dort zur Administration gehören, können Sie das hier tun.',
    asks: 'Worum {app} bittet',
    asksName: 'den Namen jeder Person',
    asksMail: 'ihre E-Mail-Adresse',
    asksNothing: 'Um nichts weiter: keine E-Mails, keine Dateien, kein Kalender.',
    next: 'Wie es weitergeht',
    nextMicrosoft: 'Microsoft bittet Sie, sich anzumelden, und zeigt, was Sie genehmigen würden.',
    nextBack:
      'Sie nehmen dort an oder brechen ab und kommen zu einer Seite zurück, die sagt, wie es ausging.',
    nextLetIn:
      'Vielleicht muss Ihre Organisation bei {app} noch zugelassen werden. Jene Seite nennt Ihnen dafür eine Nummer. Senden Sie sie an {support}.',
    go: 'Weiter zu Microsoft',
    share: 'Sie gehören nicht zur Administration? Senden Sie ihr diesen Link:',
    write: 'Schreiben Sie an {support}: {email}',
    number: 'Nennen Sie diese Nummer: {number}',
  },
  approvals: {
    granted: {
      title: 'Ihre Organisation hat diese App genehmigt',
      happened:
        'Microsoft lässt die Personen Ihrer Organisation jetzt die Anmeldung bei {app} nutzen.',
      todo: 'Ein Schritt fehlt vielleicht noch: Ihre Organisation muss hier zugelassen werden. Wenn das noch nicht geschehen ist, senden Sie die Nummer unten an {support}.',
    },
    refused: {
      title: 'Sie haben diese App nicht genehmigt',
      happened:
        'Die Genehmigung wurde bei Microsoft abgebrochen, bevor sie erteilt war. Nichts hat sich geändert.',
      todo: 'Beginnen Sie neu, wenn Sie bereit sind. Nur die Administration Ihrer Organisation kann genehmigen.',
    },
    failed: {
      title: 'Die Genehmigung hat nicht geklappt',
      happened:
        'Aus der Antwort von Microsoft geht nicht hervor, dass Ihre Organisation diese App genehmigt hat.',
      todo: 'Versuchen Sie es noch einmal. Wenn es wieder geschieht, bitten Sie um Hilfe und nennen Sie die Nummer unten.',
    },
    unmatched: {
      title: 'Wir konnten diese Genehmigung Ihrem Browser nicht zuordnen',
      happened:
        'Sie wurde in einem anderen Browser oder Fenster begonnen, war schon benutzt, oder Ihr Browser hat unser Cookie nicht behalten.',
      todo: 'Beginnen Sie hier neu. Wenn das wieder geschieht, erlauben Sie Cookies für diese Website.',
    },
    expired: {
      title: 'Die Genehmigung hat zu lange gedauert',
      happened: 'Zu Ihrer Sicherheit muss eine Genehmigung in 15 Minuten abgeschlossen sein.',
      todo: 'Beginnen Sie neu. Wenn Sie bei Microsoft schon angenommen haben, bleibt das erhalten, und es geht schnell.',
    },
    gone: {
      title: 'Wir haben die Einzelheiten nicht mehr',
      happened:
        'Wie eine Genehmigung ausging, wird einige Minuten aufbewahrt, und nur, wenn der Browser unser Cookie annimmt.',
      todo: 'Wenn Sie nicht sicher sind, ob es geklappt hat, beginnen Sie neu: Zweimal zu genehmigen schadet nicht.',
    },
  },
  refusal: {
    menders: {
      you: 'Was Sie selbst tun können',
      administrator: 'Ihre Administration kann dabei helfen',
      operator: 'Wer diese App betreibt, kann dabei helfen',
      microsoft: 'Das geht meist von selbst vorbei',
    },
    signedInAs: 'Sie haben sich angemeldet als',
    stillSignedInAs: 'Sie sind weiterhin als {name} angemeldet.',
    askApproval: 'Ihre Administration um Genehmigung bitten',
    askAccess: 'Um Zugang bitten',
    tell: 'Problem melden',
    help: 'Brauchen Sie Hilfe? Fragen Sie {support}: {email}',
    giveDetails: 'Wenn Sie um Hilfe bitten, nennen Sie diese Angaben:',
    number: 'Nummer',
    time: 'Zeit',
    microsoftNumber: 'Nummer von Microsoft',
    copy: 'Diese Angaben kopieren',
    copied: 'Kopiert',
    copyFailed: 'Das hat nicht geklappt. Markieren Sie den Text und kopieren Sie ihn.',
    goneHappened:
      'Wir haben die Einzelheiten nicht mehr. Sie werden einige Minuten aufbewahrt, und nur, wenn der Browser unser Cookie annimmt.',
    goneTodo:
      'Versuchen Sie es noch einmal. Wenn das wieder geschieht, erlauben Sie Cookies für diese Website.',
  },
  refusals: {
    access_denied: {
      title: 'Sie haben die Anmeldung abgebrochen',
      happened:
        'Die Anmeldung wurde bei Microsoft abgebrochen, bevor sie fertig war. Nichts hat sich geändert.',
      todo: 'Melden Sie sich erneut an, wenn Sie bereit sind, oder verwenden Sie ein anderes Konto.',
    },
    consent_required: {
      title: 'Ihre Organisation hat diese App noch nicht genehmigt',
      happened:
        'Microsoft verlangt, dass die Administration Ihrer Organisation diese App zuerst genehmigt.',
      todo: 'Bitten Sie Ihre Administration um Genehmigung, oder melden Sie sich mit einem anderen Konto an.',
    },
    interaction_required: {
      title: 'Microsoft braucht noch etwas von Ihnen',
      happened: 'Microsoft konnte die Anmeldung nicht abschließen, ohne Sie etwas zu fragen.',
      todo: 'Melden Sie sich erneut an und folgen Sie dem, was Microsoft Ihnen zeigt.',
    },
    not_assigned: {
      title: 'Sie haben noch keinen Zugang zu dieser App',
      happened:
        'Ihre Organisation legt fest, wer diese App verwenden darf, und Ihr Konto ist nicht dabei.',
      todo: 'Bitten Sie Ihre Administration um Zugang, oder melden Sie sich mit einem anderen Konto an.',
    },
    account_not_here: {
      title: 'Dieses Konto kann hier nicht verwendet werden',
      happened: 'Microsoft kennt es nicht in der Organisation, zu der diese App gehört.',
      todo: 'Verwenden Sie ein anderes Konto, zum Beispiel das Ihrer Arbeitsstelle, Schule oder Hochschule.',
    },
    account_blocked: {
      title: 'Ihr Konto ist gesperrt oder abgeschaltet',
      happened: 'Microsoft lässt mit diesem Konto zurzeit keine Anmeldung zu.',
      todo: 'Wenn Sie es mehrmals versucht haben, warten Sie eine Weile. Wenn das nicht hilft, fragen Sie Ihre Administration.',
    },
    blocked_by_policy: {
      title: 'Ihre Organisation hat diese Anmeldung gesperrt',
      happened:
        'Eine Regel Ihrer Organisation verbietet sie für dieses Gerät, diesen Ort oder dieses Konto.',
      todo: 'Fragen Sie Ihre Administration, was die Regel verlangt, und melden Sie sich dann erneut an.',
    },
    server_error: {
      title: 'Microsoft konnte Sie nicht anmelden',
      happened: 'Microsoft hat ein Problem auf seiner Seite gemeldet.',
      todo: 'Warten Sie eine Minute und versuchen Sie es dann noch einmal.',
    },
    tenant_not_allowed: {
      title: 'Ihre Organisation kann diese App nicht verwenden',
      happened:
        'Sie haben sich bei Microsoft angemeldet, aber diese App steht nur bestimmten Organisationen offen.',
      todo: 'Verwenden Sie ein Konto einer zugelassenen Organisation, oder bitten Sie um Zugang für Ihre.',
    },
    guest_not_allowed: {
      title: 'Gäste können diese App nicht verwenden',
      happened:
        'Sie haben sich bei Microsoft als Gast dieser Organisation angemeldet, aber diese App steht nur ihren eigenen Mitgliedern offen.',
      todo: 'Wenn Sie ein Konto der Organisation selbst haben, verwenden Sie dieses. Sonst bitten Sie um Zugang.',
    },
    flow_missing: {
      title: 'Wir konnten diese Anmeldung Ihrem Browser nicht zuordnen',
      happened:
        'Die Anmeldung wurde in einem anderen Browser oder Fenster begonnen, war schon benutzt, oder Ihr Browser hat unser Cookie nicht behalten.',
      todo: 'Beginnen Sie hier neu. Wenn das wieder geschieht, erlauben Sie Cookies für diese Website.',
    },
    flow_expired: {
      title: 'Die Anmeldung hat zu lange gedauert',
      happened: 'Zu Ihrer Sicherheit muss eine Anmeldung in 15 Minuten abgeschlossen sein.',
      todo: 'Beginnen Sie neu. Sie kommen dann auf die gewünschte Seite zurück.',
    },
    flow_invalid: {
      title: 'Diese Anmeldung ist nicht verwendbar',
      happened: 'Die Antwort ist unvollständig oder gehört nicht zu Ihrer Anmeldung.',
      todo: 'Beginnen Sie hier neu.',
    },
    code_rejected: {
      title: 'Diese Anmeldung wurde schon benutzt oder ist zu alt',
      happened: 'Microsoft nimmt jede Anmeldung nur einmal an, und nur wenige Minuten lang.',
      todo: 'Beginnen Sie neu. Sie kommen dann auf die gewünschte Seite zurück.',
    },
    token_rejected: {
      title: 'Wir konnten diese Anmeldung nicht bestätigen',
      happened:
        'Was wir erhalten haben, hat unsere Prüfung nicht bestanden. Deshalb haben wir Sie nicht angemeldet.',
      todo: 'Versuchen Sie es noch einmal. Wenn es wieder geschieht, bitten Sie um Hilfe und nennen Sie die Angaben unten.',
    },
    provider_unavailable: {
      title: 'Die Anmeldung bei Microsoft antwortet nicht',
      happened:
        'Wir konnten Microsoft gerade nicht erreichen. Mit Ihrem Konto ist alles in Ordnung.',
      todo: 'Warten Sie eine Minute und versuchen Sie es dann noch einmal. Sie kommen auf die gewünschte Seite zurück.',
    },
    app_credentials: {
      title: 'Diese App ist nicht richtig eingerichtet',
      happened: 'Microsoft hat diese App nicht angenommen. Mit Ihrem Konto ist alles in Ordnung.',
      todo: 'Melden Sie das Problem und nennen Sie die Angaben unten.',
    },
    app_registration: {
      title: 'Diese App ist nicht richtig registriert',
      happened:
        'Microsoft hat nicht angenommen, worum diese App gebeten hat. Mit Ihrem Konto ist alles in Ordnung.',
      todo: 'Melden Sie das Problem und nennen Sie die Angaben unten.',
    },
    cookies_blocked: {
      title: 'Ihr Browser hat unser Cookie nicht behalten',
      happened:
        'Ohne Cookie können wir Sie nicht anmelden, und Ihr Browser hat unseres nicht zurückgeschickt.',
      todo: 'Erlauben Sie Cookies für diese Website und melden Sie sich dann erneut an. Wenn Sie ein privates Fenster benutzen, versuchen Sie es in einem gewöhnlichen.',
    },
    page_forbidden: {
      title: 'Mit Ihrem Konto können Sie diese Seite nicht öffnen',
      happened: 'Sie sind angemeldet, aber diese Seite ist für Ihr Konto nicht zugänglich.',
      todo: 'Wenn Sie gerade erst Zugang erhalten haben, melden Sie sich erneut an. Wenn Sie diese Seite für Ihre Arbeit brauchen, bitten Sie um Zugang. Wenn Sie hier ein anderes Konto haben, verwenden Sie dieses.',
    },
    not_confirmed: {
      title: 'Wir konnten nicht bestätigen, dass Sie es sind',
      happened:
        'Für diese Seite müssen Sie bei Microsoft zeigen, dass Sie es wirklich sind. Das ist diesmal nicht geschehen. Sie sind weiterhin angemeldet.',
      todo: 'Versuchen Sie es noch einmal und folgen Sie bis zum Ende dem, was Microsoft Ihnen zeigt.',
    },
    revocations_unavailable: {
      title: 'Diese Seite ist für einen Augenblick geschlossen',
      happened:
        'Wir können gerade nicht prüfen, welche Sitzungen beendet wurden, und diese Seite bleibt geschlossen, bis wir es können. Sie sind weiterhin angemeldet, und andere Seiten sind offen.',
      todo: 'Warten Sie eine Minute und versuchen Sie es dann noch einmal.',
    },
    groups_unavailable: {
      title: 'Microsoft konnte uns Ihre Gruppen nicht nennen',
      happened:
        'Was Sie hier öffnen dürfen, hängt von Ihren Gruppen ab, und Microsoft konnte uns gerade nicht sagen, zu welchen Sie gehören.',
      todo: 'Warten Sie eine Minute und versuchen Sie es dann noch einmal. Wenn es wieder geschieht, bitten Sie um Hilfe und nennen Sie die Angaben unten.',
    },
    session_not_kept: {
      title: 'Ihr Browser behält Ihre Anmeldung nicht',
      happened:
        'Sie haben sich mehrmals bei Microsoft angemeldet, aber unser Cookie war jedes Mal gleich danach verschwunden.',
      todo: 'Erlauben Sie Cookies für diese Website, warten Sie eine Minute und melden Sie sich dann erneut an.',
    },
    unknown: {
      title: 'Die Anmeldung hat nicht geklappt',
      happened: 'Etwas ist schiefgegangen, und wir wissen nicht, was.',
      todo: 'Versuchen Sie es noch einmal. Wenn es wieder geschieht, bitten Sie um Hilfe und nennen Sie die Angaben unten.',
    },
  },
} satisfies Words;
