import type { Words } from '../words';

// Over 250 lines: a language is one file.

export default {
  locale: 'it-IT',
  support: 'le persone che gestiscono questa app',
  frame: {
    skip: 'Vai al contenuto principale',
    help: 'Chiedi aiuto',
    account: 'Il Suo account:',
    demo: {
      about: 'Informazioni su questa demo',
      title: 'Demo: nessun account reale.',
      text: 'L’accesso usa un’imitazione su questo computer. Nulla raggiunge Microsoft.',
      leave: 'Usa account reali',
    },
  },
  broken: {
    title: 'Qualcosa è andato storto',
    text: 'Non è stato possibile mostrare questa pagina. Può riprovare o tornare alla pagina iniziale.',
    again: 'Riprova',
    start: 'Pagina iniziale',
    help: 'Se succede ancora, {ask}.',
    helpWithNumber: 'Se succede ancora, {ask} e indichi questo numero: {number}.',
    ask: 'chieda aiuto',
  },
  mail: {
    help: 'Accesso a {app}',
    helpWithNumber: 'Accesso a {app}, numero {number}',
    access: 'Richiesta di accesso a {app}',
    accessWithNumber: 'Richiesta di accesso a {app}, numero {number}',
    organisation: 'Organizzazione',
  },
  moments: {
    justNow: 'proprio ora',
    soon: 'tra meno di un minuto',
    about: 'circa',
  },
  buttons: {
    signIn: 'Accedi con Microsoft',
    workAccount: 'Account aziendale o dell’istituto di istruzione',
    anyAccount: 'Account aziendale, dell’istituto di istruzione o personale',
    otherAccount: 'Usa un altro account',
    tryAgain: 'Riprova',
    signInAgain: 'Accedi di nuovo',
    startAgain: 'Ricomincia',
    goBack: 'Indietro',
  },
  start: {
    continueAs: 'Continua come {name}',
    password: {
      title: 'La Sua password resta a Microsoft',
      text: 'La inserisce in una pagina di Microsoft. {app} non la vede mai.',
    },
    listed: {
      title: 'Solo per alcune organizzazioni',
      text: 'Un account di qualsiasi altra organizzazione non può entrare, e viene spiegato perché.',
    },
    leave: {
      title: 'Può uscire in qualsiasi momento',
      text: 'Solo da qui o anche da Microsoft. Se lo dimentica, la sessione termina da sola.',
    },
  },
  signIn: {
    title: 'Accedi',
    heading: 'Acceda per continuare',
    toApp:
      '{app} è aperto alle persone di alcune organizzazioni. Usi l’account che ha in una di esse.',
    toPage:
      'La pagina richiesta è per chi ha effettuato l’accesso. Dopo l’accesso la raggiungerà direttamente.',
  },
  notFound: {
    title: 'Pagina non trovata',
    text: 'Se ha digitato l’indirizzo, lo controlli. Se ha seguito un link, la pagina potrebbe essere stata spostata o rimossa.',
    home: 'Vai alla pagina iniziale di {app}',
  },
  forbidden: {
    title: 'Pagina non accessibile',
    heading: 'Il Suo account non può aprire questa pagina',
    text: 'Ha effettuato l’accesso, ma questa pagina non è aperta al Suo account, o non lo è al momento.',
    todo: 'Se Le è stato dato l’accesso proprio ora, acceda di nuovo. Altrimenti ricarichi la pagina per riprovare. Se Le serve per il Suo lavoro, contatti {support}: {email}',
  },
  confirm: {
    title: 'Confermi la Sua identità',
    text: 'Ciò che desidera fare è protetto. Ha effettuato l’accesso come {name}. Microsoft potrebbe chiederLe di accedere ancora una volta o di dimostrare in altro modo che è Lei. Tornerà poi alla stessa pagina.',
    lost: 'Non è stato possibile conservare tutto ciò che ha inserito.',
    lostTodo: 'Se Le serve ancora, torni prima indietro e lo copi.',
    go: 'Continua con Microsoft',
  },
  signedOut: {
    title: 'È uscito',
    everywhere: 'È uscito da {app} su tutti i Suoi dispositivi.',
    everywhereLater:
      'Questo dispositivo è uscito da {app}. Gli altri Suoi dispositivi seguiranno appena potremo raggiungere di nuovo tutte le parti di {app}. Non deve fare altro.',
    shared:
      'Se altre persone usano questo computer, si assicuri di essere uscito anche da Microsoft.',
    unreachable:
      'La Sua sessione in {app} è terminata, ma non è stato possibile raggiungere Microsoft. Lì potrebbe essere ancora connesso. Se altre persone usano questo computer, chiuda ora tutte le finestre del browser.',
    signOut: 'Esci da Microsoft',
    tryAgain: 'Riprova con Microsoft',
  },
  account: {
    title: 'Il Suo account',
    about: 'Account',
    overview: 'Panoramica',
    details: 'Dettagli',
    name: 'Nome',
    account: 'Account',
    noAccount: 'Nessun nome account',
    organisation: 'Organizzazione',
    organisationId: 'ID organizzazione',
    accountId: 'ID account',
    sessionId: 'ID sessione',
    session: 'Questa sessione',
    signedIn: 'Accesso',
    ends: 'Fine',
    idle: 'Dopo {time} di inattività',
    endsAtLatest: 'Fine al più tardi',
    check: 'Verifica di nuovo la mia sessione',
    checked: 'Confermato. Il server ha verificato di nuovo la Sua sessione.',
    leave: 'Cambia account o esci',
    other: 'Continui con un altro account. Resta connesso finché il cambio non è riuscito.',
    app: 'Termina la Sua sessione solo in {app}. Resta connesso a Microsoft, quindi il prossimo accesso sarà rapido.',
    signOutApp: 'Esci da {app}',
    microsoft:
      'La fa uscire anche da Microsoft in questo browser, e quindi dalla posta e da altre app. La scelta giusta su un computer condiviso.',
    signOutMicrosoft: 'Esci anche da Microsoft',
    everywhere:
      'Termina tutte le Sue sessioni in {app}, in ogni browser e su ogni dispositivo. La scelta giusta se ha perso un dispositivo o ha dimenticato di uscire da qualche parte.',
    signOutEverywhere: 'Esci ovunque',
    administration: 'Amministrazione: regole, stato e ultimi accessi',
  },
  session: {
    idle: 'È ancora lì?',
    idleText: 'Da un po’ qui non succede nulla. La sessione terminerà tra circa {time}.',
    failed: 'Non ha funzionato. Controlli la connessione e riprovi.',
    stay: 'Resta connesso',
    signOut: 'Esci',
    last: 'Salvi il Suo lavoro',
    lastText:
      'La sessione è durata quanto è consentito. Terminerà tra circa {time}, e allora potrà accedere di nuovo.',
    back: 'Torna alla pagina',
    fewSeconds: '10 secondi',
    over: 'La Sua sessione è terminata',
    overText:
      'La pagina ora è nascosta. Nulla di ciò che vi ha inserito è perduto: acceda di nuovo con lo stesso account e torni poi a questa scheda.',
    signInAgain: 'Accedi di nuovo',
    newTab: '(in una nuova scheda)',
    leaving: 'Se lascia la pagina, ciò che ha inserito andrà perduto.',
    leave: 'Lascia questa pagina',
  },
  tooMany: {
    title: 'Troppi tentativi',
    text: 'Dalla Sua rete sono arrivate più richieste di quante possiamo servirne. Nulla è perduto.',
    wait: 'Tempo di attesa: {time}. Poi potrà {link}.',
    link: 'continuare',
  },
  approve: {
    title: 'Approva {app} per la Sua organizzazione',
    nothing: 'Non c’è nulla da approvare',
    nothingText:
      '{app} è per gli account Microsoft personali. Non appartengono ad alcuna organizzazione, quindi nessun amministratore deve approvare nulla.',
    nothingForOthers:
      'Gli account di altre organizzazioni non possono accedere a {app}, quindi nessun amministratore deve approvare nulla.',
    toSignIn: 'Vai alla pagina di accesso',
    why: 'A {app} si accede con Microsoft. Alcune organizzazioni non lo permettono finché un amministratore non lo ha approvato. Se è un amministratore, può farlo qui.',
    asks: 'Che cosa chiede {app}',
    asksName: 'il nome di ogni persona',
    asksMail: 'il suo indirizzo e-mail',
    asksNothing: 'Non chiede altro: né posta, né file, né calendario.',
    next: 'Che cosa succede dopo',
    nextMicrosoft: 'Microsoft Le chiede di accedere e mostra che cosa sta per approvare.',
    nextBack: 'Lì accetta o annulla, e torna a una pagina che dice com’è andata.',
    nextLetIn:
      '{app} potrebbe dover ancora ammettere la Sua organizzazione. Quella pagina Le darà per questo un numero. Lo invii all’indirizzo indicato.',
    go: 'Continua su Microsoft',
    share: 'Non è un amministratore? Invii questo link a uno di loro:',
    write: 'Contatti {support}: {email}',
    number: 'Indichi questo numero: {number}',
  },
  approvals: {
    granted: {
      title: 'La Sua organizzazione ha approvato questa app',
      happened: 'Microsoft ora permette alle persone della Sua organizzazione di accedere a {app}.',
      todo: 'Potrebbe mancare un passo: la Sua organizzazione deve essere ammessa qui. Se non lo è ancora, invii il numero qui sotto.',
    },
    refused: {
      title: 'Non ha approvato questa app',
      happened:
        'L’approvazione è stata interrotta da Microsoft prima di essere concessa. Nulla è cambiato.',
      todo: 'Ricominci quando vuole. Solo un amministratore della Sua organizzazione può approvare.',
    },
    failed: {
      title: 'L’approvazione non è riuscita',
      happened:
        'La risposta di Microsoft non dice che la Sua organizzazione ha approvato questa app.',
      todo: 'Riprovi. Se succede ancora, chieda aiuto e indichi il numero qui sotto.',
    },
    unmatched: {
      title: 'Non è stato possibile associare questa approvazione al Suo browser',
      happened:
        'È stata iniziata in un altro browser o in un’altra finestra, era già stata usata, o il Suo browser non ha conservato il nostro cookie.',
      todo: 'Ricominci da qui. Se succede ancora, consenta i cookie per questo sito.',
    },
    expired: {
      title: 'L’approvazione ha richiesto troppo tempo',
      happened: 'Per la Sua sicurezza, un’approvazione deve essere completata entro 15 minuti.',
      todo: 'Ricominci. Se ha già accettato da Microsoft, questo resta valido e sarà rapido.',
    },
    gone: {
      title: 'Non abbiamo più i dettagli',
      happened:
        'L’esito di un’approvazione viene conservato per alcuni minuti, e solo se il browser accetta il nostro cookie.',
      todo: 'Se non sa se ha funzionato, ricominci: approvare due volte non crea problemi.',
    },
  },
  refusal: {
    menders: {
      you: 'Che cosa può fare Lei',
      administrator: 'Il Suo amministratore può aiutarLa',
      operator: 'Chi gestisce questa app può aiutarLa',
      microsoft: 'Di solito passa da sé',
    },
    signedInAs: 'Ha effettuato l’accesso come',
    stillSignedInAs: 'È ancora connesso come {name}.',
    askApproval: 'Chiedi l’approvazione di un amministratore',
    askAccess: 'Chiedi l’accesso',
    tell: 'Segnala il problema',
    help: 'Serve aiuto? Contatti {support}: {email}',
    giveDetails: 'Se chiede aiuto, indichi questi dati:',
    number: 'Numero',
    time: 'Ora',
    microsoftNumber: 'Numero di Microsoft',
    copy: 'Copia questi dati',
    copied: 'Copiato',
    copyFailed: 'Non ha funzionato. Selezioni il testo e lo copi.',
    goneHappened:
      'Non abbiamo più i dettagli. Vengono conservati per alcuni minuti, e solo se il browser accetta il nostro cookie.',
    goneTodo: 'Riprovi. Se succede ancora, consenta i cookie per questo sito.',
  },
  refusals: {
    access_denied: {
      title: 'Ha annullato l’accesso',
      happened: 'L’accesso è stato interrotto da Microsoft prima della fine. Nulla è cambiato.',
      todo: 'Acceda di nuovo quando vuole, o usi un altro account.',
    },
    consent_required: {
      title: 'La Sua organizzazione non ha ancora approvato questa app',
      happened:
        'Microsoft chiede che prima un amministratore della Sua organizzazione approvi questa app.',
      todo: 'Chieda al Suo amministratore di approvarla, o acceda con un altro account.',
    },
    interaction_required: {
      title: 'Microsoft ha bisogno di altro da Lei',
      happened: 'Microsoft non ha potuto completare l’accesso senza chiederLe qualcosa.',
      todo: 'Acceda di nuovo e segua ciò che Microsoft Le mostra.',
    },
    not_assigned: {
      title: 'Non ha ancora accesso a questa app',
      happened:
        'La Sua organizzazione sceglie chi può usare questa app, e il Suo account non è tra questi.',
      todo: 'Chieda l’accesso al Suo amministratore, o acceda con un altro account.',
    },
    account_not_here: {
      title: 'Questo account non può essere usato qui',
      happened: 'Microsoft non lo conosce nell’organizzazione a cui appartiene questa app.',
      todo: 'Usi un altro account, ad esempio quello del Suo lavoro o del Suo istituto di istruzione.',
    },
    account_blocked: {
      title: 'Il Suo account è bloccato o disattivato',
      happened: 'Al momento Microsoft non permette a questo account di accedere.',
      todo: 'Se ha provato più volte, attenda un po’. Se non basta, chieda al Suo amministratore.',
    },
    blocked_by_policy: {
      title: 'La Sua organizzazione ha bloccato questo accesso',
      happened:
        'Una regola della Sua organizzazione lo vieta per questo dispositivo, luogo o account.',
      todo: 'Chieda al Suo amministratore che cosa richiede la regola, poi acceda di nuovo.',
    },
    server_error: {
      title: 'Microsoft non ha potuto completare l’accesso',
      happened: 'Microsoft ha segnalato un problema da parte sua.',
      todo: 'Attenda un minuto, poi riprovi.',
    },
    tenant_not_allowed: {
      title: 'La Sua organizzazione non può usare questa app',
      happened:
        'Ha effettuato l’accesso a Microsoft, ma questa app è aperta solo ad alcune organizzazioni.',
      todo: 'Usi un account di un’organizzazione ammessa, o chieda l’accesso per la Sua.',
    },
    guest_not_allowed: {
      title: 'Gli ospiti non possono usare questa app',
      happened:
        'Ha effettuato l’accesso a Microsoft come ospite di questa organizzazione, ma questa app è aperta solo ai suoi membri.',
      todo: 'Se ha un account dell’organizzazione stessa, usi quello. Altrimenti chieda l’accesso.',
    },
    flow_missing: {
      title: 'Non è stato possibile associare questo accesso al Suo browser',
      happened:
        'L’accesso è stato iniziato in un altro browser o in un’altra finestra, era già stato usato, o il Suo browser non ha conservato il nostro cookie.',
      todo: 'Ricominci da qui. Se succede ancora, consenta i cookie per questo sito.',
    },
    flow_expired: {
      title: 'L’accesso ha richiesto troppo tempo',
      happened: 'Per la Sua sicurezza, un accesso deve essere completato entro 15 minuti.',
      todo: 'Ricominci. Tornerà alla pagina che desiderava.',
    },
    flow_invalid: {
      title: 'Questo accesso non può essere usato',
      happened: 'La risposta ricevuta è incompleta o non corrisponde al Suo accesso.',
      todo: 'Ricominci da qui.',
    },
    code_rejected: {
      title: 'Questo accesso è già stato usato o è troppo vecchio',
      happened: 'Microsoft accetta ogni accesso una sola volta, e solo per alcuni minuti.',
      todo: 'Ricominci. Tornerà alla pagina che desiderava.',
    },
    token_rejected: {
      title: 'Non è stato possibile verificare questo accesso',
      happened:
        'Ciò che abbiamo ricevuto non ha superato i nostri controlli, quindi l’accesso non è avvenuto.',
      todo: 'Riprovi. Se succede ancora, chieda aiuto e indichi i dati qui sotto.',
    },
    provider_unavailable: {
      title: 'L’accesso di Microsoft non risponde',
      happened:
        'Al momento non è stato possibile raggiungere Microsoft. Il Suo account non ha problemi.',
      todo: 'Attenda un minuto, poi riprovi. Tornerà alla pagina che desiderava.',
    },
    app_credentials: {
      title: 'Questa app non è configurata correttamente',
      happened: 'Microsoft non ha accettato questa app. Il Suo account non ha problemi.',
      todo: 'Segnali il problema e indichi i dati qui sotto.',
    },
    app_registration: {
      title: 'Questa app non è registrata correttamente',
      happened:
        'Microsoft non ha accettato ciò che questa app ha chiesto. Il Suo account non ha problemi.',
      todo: 'Segnali il problema e indichi i dati qui sotto.',
    },
    cookies_blocked: {
      title: 'Il Suo browser non ha conservato il nostro cookie',
      happened:
        'L’accesso non è possibile senza un cookie, e il Suo browser non ha restituito il nostro.',
      todo: 'Consenta i cookie per questo sito, poi acceda di nuovo. Se usa una finestra privata, ne provi una normale.',
    },
    page_forbidden: {
      title: 'Il Suo account non può aprire questa pagina',
      happened: 'Ha effettuato l’accesso, ma questa pagina non è aperta al Suo account.',
      todo: 'Se Le è stato dato l’accesso proprio ora, acceda di nuovo. Se questa pagina Le serve per il Suo lavoro, chieda l’accesso. Se qui ha un altro account, usi quello.',
    },
    not_confirmed: {
      title: 'Non è stato possibile confermare la Sua identità',
      happened:
        'Questa pagina Le chiede di dimostrare a Microsoft che è davvero Lei. Questa volta non è avvenuto. È ancora connesso.',
      todo: 'Riprovi e segua fino in fondo ciò che Microsoft Le mostra.',
    },
    revocations_unavailable: {
      title: 'Questa pagina è chiusa per un momento',
      happened:
        'Ora non possiamo verificare quali sessioni sono state terminate, e questa pagina resta chiusa finché non potremo. È ancora connesso, e le altre pagine sono aperte.',
      todo: 'Attenda un minuto, poi riprovi.',
    },
    groups_unavailable: {
      title: 'Microsoft non ha potuto indicarci i Suoi gruppi',
      happened:
        'Ciò che può aprire qui dipende dai Suoi gruppi, e ora Microsoft non ha potuto dirci di quali fa parte.',
      todo: 'Attenda un minuto, poi riprovi. Se succede ancora, chieda aiuto e indichi i dati qui sotto.',
    },
    session_not_kept: {
      title: 'Il Suo browser non mantiene l’accesso',
      happened:
        'Ha effettuato l’accesso a Microsoft più volte, ma ogni volta il nostro cookie è scomparso subito dopo.',
      todo: 'Consenta i cookie per questo sito, attenda un minuto, poi acceda di nuovo.',
    },
    unknown: {
      title: 'L’accesso non è riuscito',
      happened: 'Qualcosa è andato storto, e non sappiamo che cosa.',
      todo: 'Riprovi. Se succede ancora, chieda aiuto e indichi i dati qui sotto.',
    },
  },
} satisfies Words;
