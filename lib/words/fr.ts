import type { Words } from '../words';

// Over 250 lines: a language is one file.

export default {
  locale: 'fr-FR',
  support: 'les personnes qui gèrent cette application',
  frame: {
    skip: 'Aller au contenu principal',
    help: 'Obtenir de l’aide',
    account: 'Votre compte :',
    demo: {
      about: 'À propos de cette démonstration',
      title: 'Démonstration : aucun compte réel.',
      text: 'La connexion passe par une imitation sur cet ordinateur. Rien n’est envoyé à Microsoft.',
      leave: 'Utiliser de vrais comptes',
    },
  },
  broken: {
    title: 'Un problème est survenu',
    text: 'Nous n’avons pas pu afficher cette page. Vous pouvez réessayer ou revenir à la page d’accueil.',
    again: 'Réessayer',
    start: 'Page d’accueil',
    help: 'Si cela se reproduit, {ask}.',
    helpWithNumber: 'Si cela se reproduit, {ask} et indiquez ce numéro : {number}.',
    ask: 'demandez de l’aide',
  },
  mail: {
    help: 'Connexion à {app}',
    helpWithNumber: 'Connexion à {app}, numéro {number}',
    access: 'Accès à {app}',
    accessWithNumber: 'Accès à {app}, numéro {number}',
    organisation: 'Organisation',
  },
  moments: {
    justNow: 'à l’instant',
    soon: 'dans moins d’une minute',
    about: 'environ',
  },
  buttons: {
    signIn: 'Se connecter avec Microsoft',
    workAccount: 'Compte professionnel ou scolaire',
    anyAccount: 'Compte professionnel, scolaire ou personnel',
    otherAccount: 'Utiliser un autre compte',
    tryAgain: 'Réessayer',
    signInAgain: 'Se reconnecter',
    startAgain: 'Recommencer',
    goBack: 'Retour',
  },
  start: {
    continueAs: 'Continuer en tant que {name}',
    password: {
      title: 'Votre mot de passe reste chez Microsoft',
      text: 'Vous le saisissez sur une page de Microsoft. {app} ne le voit jamais.',
    },
    listed: {
      title: 'Réservé à certaines organisations',
      text: 'Un compte de toute autre organisation est refusé, et la raison est indiquée.',
    },
    leave: {
      title: 'Se déconnecter à tout moment',
      text: 'Ici seulement, ou de Microsoft aussi. En cas d’oubli, la session se termine d’elle-même.',
    },
  },
  signIn: {
    title: 'Se connecter',
    heading: 'Connectez-vous pour continuer',
    toApp:
      '{app} est ouvert aux membres de certaines organisations. Utilisez le compte que vous y avez.',
    toPage:
      'La page demandée est réservée aux personnes connectées. Vous y arriverez directement ensuite.',
  },
  notFound: {
    title: 'Page introuvable',
    text: 'Si vous avez saisi l’adresse, vérifiez-la. Si vous avez suivi un lien, la page a peut-être été déplacée ou supprimée.',
    home: 'Aller à la page d’accueil de {app}',
  },
  forbidden: {
    title: 'Page non accessible',
    heading: 'Votre compte ne peut pas ouvrir cette page',
    text: 'Vous êtes connecté, mais cette page n’est pas ouverte à votre compte, ou pas pour le moment.',
    todo: 'Si l’accès vient de vous être donné, reconnectez-vous. Sinon, actualisez la page pour réessayer. Si vous en avez besoin pour votre travail, contactez {support} : {email}',
  },
  confirm: {
    title: 'Confirmez votre identité',
    text: 'Ce que vous voulez faire est protégé. Vous êtes connecté en tant que {name}. Microsoft vous demandera peut-être de vous reconnecter ou de montrer autrement que c’est bien vous. Vous reviendrez ensuite à la même page.',
    lost: 'Votre saisie n’a pas pu être conservée en entier.',
    lostTodo: 'Si vous en avez encore besoin, revenez d’abord en arrière et copiez-la.',
    go: 'Continuer avec Microsoft',
  },
  signedOut: {
    title: 'Vous êtes déconnecté',
    everywhere: 'Vous êtes déconnecté de {app} sur tous vos appareils.',
    everywhereLater:
      'Cet appareil est déconnecté de {app}. Vos autres appareils suivront dès que nous pourrons de nouveau joindre toutes les parties de {app}. Vous n’avez rien d’autre à faire.',
    shared:
      'Si d’autres personnes utilisent cet ordinateur, assurez-vous d’être aussi déconnecté de Microsoft.',
    unreachable:
      'Nous vous avons déconnecté de {app}, mais n’avons pas pu joindre Microsoft. Vous y êtes peut-être encore connecté. Si d’autres personnes utilisent cet ordinateur, fermez maintenant toutes les fenêtres du navigateur.',
    signOut: 'Se déconnecter de Microsoft',
    tryAgain: 'Réessayer avec Microsoft',
  },
  account: {
    title: 'Votre compte',
    about: 'Compte',
    overview: 'Aperçu',
    details: 'Détails',
    name: 'Nom',
    account: 'Compte',
    noAccount: 'Aucun nom de compte',
    organisation: 'Organisation',
    organisationId: 'ID de l’organisation',
    accountId: 'ID du compte',
    sessionId: 'ID de la session',
    session: 'Cette session',
    signedIn: 'Connexion',
    ends: 'Fin',
    idle: 'Après {time} sans activité',
    endsAtLatest: 'Fin au plus tard',
    check: 'Vérifier de nouveau ma session',
    checked: 'Confirmé. Le serveur a vérifié de nouveau votre session.',
    leave: 'Changer de compte ou se déconnecter',
    other: 'Continuer avec un autre compte. Vous restez connecté jusqu’à ce que cela ait abouti.',
    app: 'Met fin à votre session dans {app} seulement. Vous restez connecté à Microsoft, la prochaine connexion sera donc rapide.',
    signOutApp: 'Se déconnecter de {app}',
    microsoft:
      'Vous déconnecte aussi de Microsoft dans ce navigateur, donc de votre messagerie et d’autres applications. Le bon choix sur un ordinateur partagé.',
    signOutMicrosoft: 'Se déconnecter aussi de Microsoft',
    everywhere:
      'Met fin à toutes vos sessions dans {app}, dans chaque navigateur et sur chaque appareil. Le bon choix si vous avez perdu un appareil ou oublié de vous déconnecter quelque part.',
    signOutEverywhere: 'Se déconnecter partout',
    administration: 'Administration : règles, état et dernières connexions',
  },
  session: {
    idle: 'Êtes-vous toujours là ?',
    idleText:
      'Rien ne s’est passé ici depuis un moment. Vous serez déconnecté dans environ {time}.',
    failed: 'Cela n’a pas fonctionné. Vérifiez votre connexion au réseau et réessayez.',
    stay: 'Rester connecté',
    signOut: 'Se déconnecter',
    last: 'Enregistrez votre travail',
    lastText:
      'Vous êtes connecté depuis la durée maximale autorisée. Vous serez déconnecté dans environ {time} et pourrez alors vous reconnecter.',
    back: 'Revenir à la page',
    fewSeconds: '10 secondes',
    over: 'Votre session est terminée',
    overText:
      'La page est maintenant masquée. Rien de ce que vous y avez saisi n’est perdu : reconnectez-vous avec le même compte, puis revenez à cet onglet.',
    signInAgain: 'Se reconnecter',
    newTab: '(dans un nouvel onglet)',
    leaving: 'Si vous quittez la page, ce que vous avez saisi sera perdu.',
    leave: 'Quitter cette page',
  },
  tooMany: {
    title: 'Trop de tentatives',
    text: 'Votre réseau a envoyé plus de demandes que nous ne pouvons en traiter. Rien n’est perdu.',
    wait: 'Temps d’attente : {time}. Vous pourrez ensuite {link}.',
    link: 'continuer',
  },
  approve: {
    title: 'Approuver {app} pour votre organisation',
    nothing: 'Il n’y a rien à approuver',
    nothingText:
      '{app} est destiné aux comptes Microsoft personnels. Ils n’appartiennent à aucune organisation, aucun administrateur n’a donc à approuver quoi que ce soit.',
    nothingForOthers:
      'Les comptes d’autres organisations ne peuvent pas se connecter à {app}, aucun administrateur n’a donc à approuver quoi que ce soit.',
    toSignIn: 'Aller à la page de connexion',
    why: 'On se connecte à {app} avec Microsoft. Certaines organisations ne le permettent qu’après l’approbation d’un administrateur. Si vous êtes administrateur, vous pouvez la donner ici.',
    asks: 'Ce que {app} demande',
    asksName: 'le nom de chaque personne',
    asksMail: 'son adresse e-mail',
    asksNothing: 'Rien d’autre n’est demandé : ni messages, ni fichiers, ni calendrier.',
    next: 'La suite',
    nextMicrosoft:
      'Microsoft vous demande de vous connecter et montre ce que vous allez approuver.',
    nextBack:
      'Vous y acceptez ou annulez, puis revenez à une page qui indique comment cela s’est terminé.',
    nextLetIn:
      'Votre organisation devra peut-être encore être admise dans {app}. Cette page vous donnera pour cela un numéro. Transmettez-le en écrivant à l’adresse indiquée.',
    go: 'Continuer vers Microsoft',
    share: 'Vous n’êtes pas administrateur ? Envoyez ce lien à l’un d’eux :',
    write: 'Contactez {support} : {email}',
    number: 'Indiquez ce numéro : {number}',
  },
  approvals: {
    granted: {
      title: 'Votre organisation a approuvé cette application',
      happened:
        'Microsoft permet maintenant aux membres de votre organisation de se connecter à {app}.',
      todo: 'Il reste peut-être une étape : votre organisation doit être admise ici. Si ce n’est pas encore fait, transmettez le numéro ci-dessous.',
    },
    refused: {
      title: 'Vous n’avez pas approuvé cette application',
      happened:
        'L’approbation a été interrompue chez Microsoft avant d’être donnée. Rien n’a changé.',
      todo: 'Recommencez quand vous serez prêt. Seul un administrateur de votre organisation peut approuver.',
    },
    failed: {
      title: 'L’approbation n’a pas abouti',
      happened:
        'La réponse de Microsoft ne dit pas que votre organisation a approuvé cette application.',
      todo: 'Réessayez. Si cela se reproduit, demandez de l’aide et indiquez le numéro ci-dessous.',
    },
    unmatched: {
      title: 'Nous n’avons pas pu relier cette approbation à votre navigateur',
      happened:
        'Elle a été commencée dans un autre navigateur ou une autre fenêtre, a déjà servi, ou votre navigateur n’a pas conservé notre cookie.',
      todo: 'Recommencez à partir d’ici. Si cela se reproduit, autorisez les cookies pour ce site.',
    },
    expired: {
      title: 'L’approbation a pris trop de temps',
      happened: 'Pour votre sécurité, une approbation doit être terminée en 15 minutes.',
      todo: 'Recommencez. Si vous avez déjà accepté chez Microsoft, cela est conservé et ira vite.',
    },
    gone: {
      title: 'Nous n’avons plus les détails',
      happened:
        'Le résultat d’une approbation est conservé quelques minutes, et seulement si le navigateur accepte notre cookie.',
      todo: 'Si vous ne savez pas si cela a abouti, recommencez : approuver deux fois ne pose aucun problème.',
    },
  },
  refusal: {
    menders: {
      you: 'Ce que vous pouvez faire vous-même',
      administrator: 'Votre administrateur peut vous aider',
      operator: 'Les responsables de cette application peuvent vous aider',
      microsoft: 'Cela passe en général tout seul',
    },
    signedInAs: 'Vous vous êtes connecté en tant que',
    stillSignedInAs: 'Vous êtes toujours connecté en tant que {name}.',
    askApproval: 'Demander l’approbation de votre administrateur',
    askAccess: 'Demander l’accès',
    tell: 'Signaler le problème',
    help: 'Besoin d’aide ? Contactez {support} : {email}',
    giveDetails: 'Si vous demandez de l’aide, indiquez ces informations :',
    number: 'Numéro',
    time: 'Heure',
    microsoftNumber: 'Numéro de Microsoft',
    copy: 'Copier ces informations',
    copied: 'Copié',
    copyFailed: 'Cela n’a pas fonctionné. Sélectionnez le texte et copiez-le.',
    goneHappened:
      'Nous n’avons plus les détails. Ils sont conservés quelques minutes, et seulement si le navigateur accepte notre cookie.',
    goneTodo: 'Réessayez. Si cela se reproduit, autorisez les cookies pour ce site.',
  },
  refusals: {
    access_denied: {
      title: 'Vous avez annulé la connexion',
      happened: 'La connexion a été interrompue chez Microsoft avant la fin. Rien n’a changé.',
      todo: 'Reconnectez-vous quand vous serez prêt, ou utilisez un autre compte.',
    },
    consent_required: {
      title: 'Votre organisation n’a pas encore approuvé cette application',
      happened:
        'Microsoft demande qu’un administrateur de votre organisation approuve d’abord cette application.',
      todo: 'Demandez à votre administrateur de l’approuver, ou connectez-vous avec un autre compte.',
    },
    interaction_required: {
      title: 'Microsoft a besoin d’une information de votre part',
      happened: 'Microsoft n’a pas pu terminer la connexion sans vous poser de question.',
      todo: 'Reconnectez-vous et suivez ce que Microsoft vous indique.',
    },
    not_assigned: {
      title: 'Vous n’avez pas encore accès à cette application',
      happened:
        'Votre organisation choisit qui peut utiliser cette application, et votre compte n’en fait pas partie.',
      todo: 'Demandez l’accès à votre administrateur, ou connectez-vous avec un autre compte.',
    },
    account_not_here: {
      title: 'Ce compte ne peut pas être utilisé ici',
      happened:
        'Microsoft ne le connaît pas dans l’organisation à laquelle appartient cette application.',
      todo: 'Utilisez un autre compte, par exemple celui de votre travail ou de votre établissement scolaire.',
    },
    account_blocked: {
      title: 'Votre compte est verrouillé ou désactivé',
      happened: 'Microsoft ne permet pas à ce compte de se connecter pour le moment.',
      todo: 'Si vous avez essayé plusieurs fois, attendez un peu. Si cela ne suffit pas, adressez-vous à votre administrateur.',
    },
    blocked_by_policy: {
      title: 'Votre organisation a bloqué cette connexion',
      happened:
        'Une règle de votre organisation l’interdit pour cet appareil, ce lieu ou ce compte.',
      todo: 'Demandez à votre administrateur ce qu’exige la règle, puis reconnectez-vous.',
    },
    server_error: {
      title: 'Microsoft n’a pas pu vous connecter',
      happened: 'Microsoft a signalé un problème de son côté.',
      todo: 'Attendez une minute, puis réessayez.',
    },
    tenant_not_allowed: {
      title: 'Votre organisation ne peut pas utiliser cette application',
      happened:
        'Vous vous êtes connecté chez Microsoft, mais cette application n’est ouverte qu’à certaines organisations.',
      todo: 'Utilisez un compte d’une organisation admise, ou demandez l’accès pour la vôtre.',
    },
    guest_not_allowed: {
      title: 'Les invités ne peuvent pas utiliser cette application',
      happened:
        'Vous vous êtes connecté chez Microsoft comme invité de cette organisation, mais cette application n’est ouverte qu’à ses propres membres.',
      todo: 'Si vous avez un compte de l’organisation elle-même, utilisez-le. Sinon, demandez l’accès.',
    },
    flow_missing: {
      title: 'Nous n’avons pas pu relier cette connexion à votre navigateur',
      happened:
        'La connexion a été commencée dans un autre navigateur ou une autre fenêtre, a déjà servi, ou votre navigateur n’a pas conservé notre cookie.',
      todo: 'Recommencez à partir d’ici. Si cela se reproduit, autorisez les cookies pour ce site.',
    },
    flow_expired: {
      title: 'La connexion a pris trop de temps',
      happened: 'Pour votre sécurité, une connexion doit être terminée en 15 minutes.',
      todo: 'Recommencez. Vous reviendrez à la page que vous vouliez.',
    },
    flow_invalid: {
      title: 'Cette connexion n’est pas utilisable',
      happened: 'La réponse reçue est incomplète ou ne correspond pas à votre connexion.',
      todo: 'Recommencez à partir d’ici.',
    },
    code_rejected: {
      title: 'Cette connexion a déjà servi ou est trop ancienne',
      happened:
        'Microsoft accepte chaque connexion une seule fois, et pendant quelques minutes seulement.',
      todo: 'Recommencez. Vous reviendrez à la page que vous vouliez.',
    },
    token_rejected: {
      title: 'Nous n’avons pas pu vérifier cette connexion',
      happened:
        'Ce que nous avons reçu n’a pas passé nos contrôles, nous ne vous avons donc pas connecté.',
      todo: 'Réessayez. Si cela se reproduit, demandez de l’aide et indiquez les informations ci-dessous.',
    },
    provider_unavailable: {
      title: 'La connexion à Microsoft ne répond pas',
      happened:
        'Nous n’avons pas pu joindre Microsoft à l’instant. Votre compte n’a aucun problème.',
      todo: 'Attendez une minute, puis réessayez. Vous reviendrez à la page que vous vouliez.',
    },
    app_credentials: {
      title: 'Cette application n’est pas configurée correctement',
      happened: 'Microsoft n’a pas accepté cette application. Votre compte n’a aucun problème.',
      todo: 'Signalez le problème et indiquez les informations ci-dessous.',
    },
    app_registration: {
      title: 'Cette application n’est pas inscrite correctement',
      happened:
        'Microsoft n’a pas accepté ce que cette application a demandé. Votre compte n’a aucun problème.',
      todo: 'Signalez le problème et indiquez les informations ci-dessous.',
    },
    cookies_blocked: {
      title: 'Votre navigateur n’a pas conservé notre cookie',
      happened:
        'Nous ne pouvons pas vous connecter sans cookie, et votre navigateur n’a pas renvoyé le nôtre.',
      todo: 'Autorisez les cookies pour ce site, puis reconnectez-vous. Si vous utilisez une fenêtre privée, essayez une fenêtre ordinaire.',
    },
    page_forbidden: {
      title: 'Votre compte ne peut pas ouvrir cette page',
      happened: 'Vous êtes connecté, mais cette page n’est pas ouverte à votre compte.',
      todo: 'Si l’accès vient de vous être donné, reconnectez-vous. Si vous avez besoin de cette page pour votre travail, demandez l’accès. Si vous avez un autre compte ici, utilisez-le.',
    },
    not_confirmed: {
      title: 'Nous n’avons pas pu confirmer votre identité',
      happened:
        'Cette page vous demande de montrer chez Microsoft que c’est bien vous. Cela n’a pas eu lieu cette fois. Vous êtes toujours connecté.',
      todo: 'Réessayez et suivez jusqu’au bout ce que Microsoft vous indique.',
    },
    revocations_unavailable: {
      title: 'Cette page est fermée pour un instant',
      happened:
        'Nous ne pouvons pas vérifier à l’instant quelles sessions ont pris fin, et cette page reste fermée jusque-là. Vous êtes toujours connecté, et les autres pages sont ouvertes.',
      todo: 'Attendez une minute, puis réessayez.',
    },
    groups_unavailable: {
      title: 'Microsoft n’a pas pu nous indiquer vos groupes',
      happened:
        'Ce que vous pouvez ouvrir ici dépend de vos groupes, et Microsoft n’a pas pu nous dire à l’instant desquels vous faites partie.',
      todo: 'Attendez une minute, puis réessayez. Si cela se reproduit, demandez de l’aide et indiquez les informations ci-dessous.',
    },
    session_not_kept: {
      title: 'Votre navigateur ne conserve pas votre connexion',
      happened:
        'Vous vous êtes connecté plusieurs fois chez Microsoft, mais notre cookie avait chaque fois disparu aussitôt après.',
      todo: 'Autorisez les cookies pour ce site, attendez une minute, puis reconnectez-vous.',
    },
    unknown: {
      title: 'La connexion n’a pas abouti',
      happened: 'Un problème est survenu, et nous ne savons pas lequel.',
      todo: 'Réessayez. Si cela se reproduit, demandez de l’aide et indiquez les informations ci-dessous.',
    },
  },
} satisfies Words;
