import type { Words } from '../words';

// Over 250 lines: a language is one file.

export default {
  locale: 'es-ES',
  support: 'las personas que gestionan esta aplicación',
  frame: {
    skip: 'Ir al contenido principal',
    help: 'Obtener ayuda',
    account: 'Su cuenta:',
    demo: {
      about: 'Acerca de esta demostración',
      title: 'Demostración: sin cuentas reales.',
      text: 'El inicio de sesión usa una imitación en este equipo. Nada llega a Microsoft.',
      leave: 'Usar cuentas reales',
    },
  },
  broken: {
    title: 'Algo ha salido mal',
    text: 'No hemos podido mostrar esta página. Puede intentarlo de nuevo o volver a la página de inicio.',
    again: 'Intentarlo de nuevo',
    start: 'Página de inicio',
    help: 'Si vuelve a ocurrir, {ask}.',
    helpWithNumber: 'Si vuelve a ocurrir, {ask} e indique este número: {number}.',
    ask: 'pida ayuda',
  },
  mail: {
    help: 'Inicio de sesión en {app}',
    helpWithNumber: 'Inicio de sesión en {app}, número {number}',
    access: 'Acceso a {app}',
    accessWithNumber: 'Acceso a {app}, número {number}',
    organisation: 'Organización',
  },
  moments: {
    justNow: 'ahora mismo',
    soon: 'en menos de un minuto',
    about: 'aproximadamente',
  },
  buttons: {
    signIn: 'Iniciar sesión con Microsoft',
    workAccount: 'Cuenta profesional o educativa',
    anyAccount: 'Cuenta profesional, educativa o personal',
    otherAccount: 'Usar otra cuenta',
    tryAgain: 'Intentarlo de nuevo',
    signInAgain: 'Iniciar sesión de nuevo',
    startAgain: 'Empezar de nuevo',
    goBack: 'Volver',
  },
  start: {
    continueAs: 'Continuar como {name}',
    password: {
      title: 'Su contraseña se queda en Microsoft',
      text: 'La escribe en una página de Microsoft. {app} nunca la ve.',
    },
    listed: {
      title: 'Solo para ciertas organizaciones',
      text: 'Una cuenta de cualquier otra organización no puede entrar, y se explica por qué.',
    },
    leave: {
      title: 'Cierre la sesión cuando quiera',
      text: 'Solo aquí o también en Microsoft. Si lo olvida, la sesión termina por sí sola.',
    },
  },
  signIn: {
    title: 'Iniciar sesión',
    heading: 'Inicie sesión para continuar',
    toApp:
      '{app} está abierto a personas de ciertas organizaciones. Use la cuenta que tiene en una de ellas.',
    toPage:
      'La página solicitada es para personas que han iniciado sesión. Después irá directamente a ella.',
  },
  notFound: {
    title: 'Página no encontrada',
    text: 'Si escribió la dirección, compruébela. Si siguió un enlace, puede que la página se haya movido o eliminado.',
    home: 'Ir a la página de inicio de {app}',
  },
  forbidden: {
    title: 'No está abierta para usted',
    heading: 'Su cuenta no puede abrir esta página',
    text: 'Ha iniciado sesión, pero esta página no está abierta para su cuenta, o no lo está en este momento.',
    todo: 'Si acaban de darle acceso, inicie sesión de nuevo. Si no, recargue la página para intentarlo otra vez. Si la necesita para su trabajo, pregunte a {support}: {email}',
  },
  confirm: {
    title: 'Confirme que es usted',
    text: 'Lo que desea hacer está protegido. Ha iniciado sesión como {name}. Es posible que Microsoft le pida iniciar sesión una vez más o demostrar de otra forma que es usted. Después volverá a la misma página.',
    lost: 'No se ha podido conservar todo lo que escribió.',
    lostTodo: 'Si aún lo necesita, vuelva primero atrás y cópielo.',
    go: 'Continuar con Microsoft',
  },
  signedOut: {
    title: 'Ha cerrado la sesión',
    everywhere: 'Se ha cerrado su sesión de {app} en todos sus dispositivos.',
    everywhereLater:
      'Se ha cerrado la sesión de {app} en este dispositivo. Los demás seguirán en cuanto podamos comunicar de nuevo con todas las partes de {app}. No tiene que hacer nada más.',
    shared:
      'Si otras personas usan este equipo, asegúrese de haber cerrado también la sesión de Microsoft.',
    unreachable:
      'Hemos cerrado su sesión de {app}, pero no hemos podido comunicar con Microsoft. Es posible que allí su sesión siga abierta. Si otras personas usan este equipo, cierre ahora todas las ventanas del navegador.',
    signOut: 'Cerrar sesión de Microsoft',
    tryAgain: 'Intentarlo de nuevo con Microsoft',
  },
  account: {
    title: 'Su cuenta',
    about: 'Cuenta',
    overview: 'Resumen',
    details: 'Detalles',
    name: 'Nombre',
    account: 'Cuenta',
    noAccount: 'Sin nombre de cuenta',
    organisation: 'Organización',
    organisationId: 'ID de la organización',
    accountId: 'ID de la cuenta',
    sessionId: 'ID de la sesión',
    session: 'Esta sesión',
    signedIn: 'Inicio',
    ends: 'Fin',
    idle: 'Tras {time} sin actividad',
    endsAtLatest: 'Fin, como máximo',
    check: 'Comprobar mi sesión de nuevo',
    checked: 'Confirmado. El servidor ha comprobado su sesión de nuevo.',
    leave: 'Cambiar de cuenta o cerrar sesión',
    other: 'Siga con otra cuenta. Su sesión continúa abierta hasta que el cambio se complete.',
    app: 'Termina su sesión solo en {app}. La de Microsoft sigue abierta, así que el próximo inicio de sesión será rápido.',
    signOutApp: 'Cerrar sesión de {app}',
    microsoft:
      'Cierra también la sesión de Microsoft en este navegador y, con ella, la de su correo y otras aplicaciones. Es lo adecuado en un equipo compartido.',
    signOutMicrosoft: 'Cerrar también la sesión de Microsoft',
    everywhere:
      'Termina todas sus sesiones en {app}, en cada navegador y dispositivo. Es lo adecuado si ha perdido un dispositivo o ha olvidado cerrar la sesión en algún lugar.',
    signOutEverywhere: 'Cerrar sesión en todas partes',
    administration: 'Administración: reglas, estado y últimos inicios de sesión',
  },
  session: {
    idle: '¿Sigue ahí?',
    idleText:
      'Hace un rato que no ocurre nada aquí. Su sesión se cerrará dentro de {time}, aproximadamente.',
    failed: 'No ha funcionado. Compruebe su conexión e inténtelo de nuevo.',
    stay: 'Mantener la sesión abierta',
    signOut: 'Cerrar sesión',
    last: 'Guarde su trabajo',
    lastText:
      'Su sesión ha durado todo el tiempo permitido. Se cerrará dentro de {time}, aproximadamente, y entonces podrá iniciar sesión de nuevo.',
    back: 'Volver a la página',
    fewSeconds: '10 segundos',
    over: 'Su sesión ha terminado',
    overText:
      'La página está oculta ahora. Nada de lo que escribió en ella se ha perdido: inicie sesión de nuevo con la misma cuenta y vuelva después a esta pestaña.',
    signInAgain: 'Iniciar sesión de nuevo',
    newTab: '(en una pestaña nueva)',
    leaving: 'Si sale, se perderá lo que haya escrito.',
    leave: 'Salir de esta página',
  },
  tooMany: {
    title: 'Demasiados intentos',
    text: 'Han llegado de su red más solicitudes de las que podemos atender. No se ha perdido nada.',
    wait: 'Tiempo de espera: {time}. Después podrá {link}.',
    link: 'continuar',
  },
  approve: {
    title: 'Aprobar {app} para su organización',
    nothing: 'No hay nada que aprobar',
    nothingText:
      '{app} es para cuentas personales de Microsoft. No pertenecen a ninguna organización, por lo que ningún administrador tiene que aprobar nada.',
    nothingForOthers:
      'Las cuentas de otras organizaciones no pueden iniciar sesión en {app}, así que ningún administrador tiene que aprobar nada.',
    toSignIn: 'Ir a la página de inicio de sesión',
    why: 'En {app} se inicia sesión con Microsoft. Algunas organizaciones no lo permiten hasta que un administrador lo aprueba. Si usted es administrador, puede hacerlo aquí.',
    asks: 'Qué solicita {app}',
    asksName: 'el nombre de cada persona',
    asksMail: 'su dirección de correo electrónico',
    asksNothing: 'No solicita nada más: ni correo, ni archivos, ni calendario.',
    next: 'Qué ocurre después',
    nextMicrosoft: 'Microsoft le pide que inicie sesión y muestra lo que va a aprobar.',
    nextBack: 'Allí acepta o cancela, y vuelve a una página que dice cómo ha terminado.',
    nextLetIn:
      'Puede que {app} aún tenga que admitir a su organización. Esa página le da un número para enviarlo a {support}.',
    go: 'Continuar a Microsoft',
    share: '¿No es administrador? Envíe este enlace a uno:',
    write: 'Escriba a {support}: {email}',
    number: 'Indique este número: {number}',
  },
  approvals: {
    granted: {
      title: 'Su organización ha aprobado esta aplicación',
      happened:
        'Microsoft permite ahora que las personas de su organización inicien sesión en {app}.',
      todo: 'Puede que falte un paso: su organización debe ser admitida aquí. Si aún no lo está, envíe el número de abajo a {support}.',
    },
    refused: {
      title: 'No ha aprobado esta aplicación',
      happened: 'La aprobación se detuvo en Microsoft antes de concederse. Nada ha cambiado.',
      todo: 'Empiece de nuevo cuando quiera. Solo un administrador de su organización puede aprobarla.',
    },
    failed: {
      title: 'La aprobación no se ha completado',
      happened:
        'La respuesta de Microsoft no dice que su organización haya aprobado esta aplicación.',
      todo: 'Inténtelo de nuevo. Si vuelve a ocurrir, pida ayuda e indique el número de abajo.',
    },
    unmatched: {
      title: 'No hemos podido asociar esta aprobación con su navegador',
      happened:
        'Se empezó en otro navegador u otra ventana, ya se había usado, o su navegador no conservó nuestra cookie.',
      todo: 'Empiece de nuevo desde aquí. Si vuelve a ocurrir, permita las cookies para este sitio.',
    },
    expired: {
      title: 'La aprobación ha tardado demasiado',
      happened: 'Por su seguridad, una aprobación debe terminarse en 15 minutos.',
      todo: 'Empiece de nuevo. Si ya aceptó en Microsoft, eso se conserva y será rápido.',
    },
    gone: {
      title: 'Ya no tenemos los detalles',
      happened:
        'El resultado de una aprobación se guarda unos minutos, y solo si el navegador acepta nuestra cookie.',
      todo: 'Si no está seguro de que haya funcionado, empiece de nuevo: aprobar dos veces no causa ningún problema.',
    },
  },
  refusal: {
    menders: {
      you: 'Lo que usted puede hacer',
      administrator: 'Su administrador puede ayudarle con esto',
      operator: 'Quien gestiona esta aplicación puede ayudarle con esto',
      microsoft: 'Esto suele pasar por sí solo',
    },
    signedInAs: 'Ha iniciado sesión como',
    stillSignedInAs: 'Su sesión sigue abierta como {name}.',
    askApproval: 'Pedir la aprobación de su administrador',
    askAccess: 'Pedir acceso',
    tell: 'Informar del problema',
    help: '¿Necesita ayuda? Pregunte a {support}: {email}',
    giveDetails: 'Si pide ayuda, indique estos datos:',
    number: 'Número',
    time: 'Hora',
    microsoftNumber: 'Número de Microsoft',
    copy: 'Copiar estos datos',
    copied: 'Copiado',
    copyFailed: 'No ha funcionado. Seleccione el texto y cópielo.',
    goneHappened:
      'Ya no tenemos los detalles. Se guardan unos minutos, y solo si el navegador acepta nuestra cookie.',
    goneTodo: 'Inténtelo de nuevo. Si vuelve a ocurrir, permita las cookies para este sitio.',
  },
  refusals: {
    access_denied: {
      title: 'Ha cancelado el inicio de sesión',
      happened: 'El inicio de sesión se detuvo en Microsoft antes de terminar. Nada ha cambiado.',
      todo: 'Inicie sesión de nuevo cuando quiera, o use otra cuenta.',
    },
    consent_required: {
      title: 'Su organización aún no ha aprobado esta aplicación',
      happened:
        'Microsoft pide que un administrador de su organización apruebe antes esta aplicación.',
      todo: 'Pida a su administrador que la apruebe, o inicie sesión con otra cuenta.',
    },
    interaction_required: {
      title: 'Microsoft necesita algo más de usted',
      happened: 'Microsoft no ha podido terminar el inicio de sesión sin preguntarle algo.',
      todo: 'Inicie sesión de nuevo y siga lo que Microsoft le muestre.',
    },
    not_assigned: {
      title: 'Aún no tiene acceso a esta aplicación',
      happened:
        'Su organización decide quién puede usar esta aplicación, y su cuenta no está incluida.',
      todo: 'Pida acceso a su administrador, o inicie sesión con otra cuenta.',
    },
    account_not_here: {
      title: 'Esta cuenta no se puede usar aquí',
      happened: 'Microsoft no la conoce en la organización a la que pertenece esta aplicación.',
      todo: 'Use otra cuenta, por ejemplo la de su trabajo o centro educativo.',
    },
    account_blocked: {
      title: 'Su cuenta está bloqueada o desactivada',
      happened: 'Microsoft no permite que esta cuenta inicie sesión en este momento.',
      todo: 'Si lo ha intentado varias veces, espere un rato. Si eso no ayuda, pregunte a su administrador.',
    },
    blocked_by_policy: {
      title: 'Su organización ha bloqueado este inicio de sesión',
      happened: 'Una regla de su organización lo prohíbe para este dispositivo, lugar o cuenta.',
      todo: 'Pregunte a su administrador qué exige la regla y después inicie sesión de nuevo.',
    },
    server_error: {
      title: 'Microsoft no ha podido iniciar su sesión',
      happened: 'Microsoft ha informado de un problema por su parte.',
      todo: 'Espere un minuto y vuelva a intentarlo.',
    },
    tenant_not_allowed: {
      title: 'Su organización no puede usar esta aplicación',
      happened:
        'Ha iniciado sesión en Microsoft, pero esta aplicación solo está abierta a ciertas organizaciones.',
      todo: 'Use una cuenta de una organización admitida, o pida acceso para la suya.',
    },
    guest_not_allowed: {
      title: 'Los invitados no pueden usar esta aplicación',
      happened:
        'Ha iniciado sesión en Microsoft como invitado de esta organización, pero esta aplicación solo está abierta a sus propios miembros.',
      todo: 'Si tiene una cuenta de la propia organización, use esa. Si no, pida acceso.',
    },
    flow_missing: {
      title: 'No hemos podido asociar este inicio de sesión con su navegador',
      happened:
        'El inicio de sesión se empezó en otro navegador u otra ventana, ya se había usado, o su navegador no conservó nuestra cookie.',
      todo: 'Empiece de nuevo desde aquí. Si vuelve a ocurrir, permita las cookies para este sitio.',
    },
    flow_expired: {
      title: 'El inicio de sesión ha tardado demasiado',
      happened: 'Por su seguridad, un inicio de sesión debe terminarse en 15 minutos.',
      todo: 'Empiece de nuevo. Volverá a la página que quería.',
    },
    flow_invalid: {
      title: 'Este inicio de sesión no se puede usar',
      happened: 'La respuesta recibida está incompleta o no corresponde a su inicio de sesión.',
      todo: 'Empiece de nuevo desde aquí.',
    },
    code_rejected: {
      title: 'Este inicio de sesión ya se ha usado o es demasiado antiguo',
      happened: 'Microsoft acepta cada inicio de sesión una vez, y solo durante unos minutos.',
      todo: 'Empiece de nuevo. Volverá a la página que quería.',
    },
    token_rejected: {
      title: 'No hemos podido verificar este inicio de sesión',
      happened:
        'Lo que hemos recibido no ha superado nuestras comprobaciones, así que no hemos iniciado su sesión.',
      todo: 'Inténtelo de nuevo. Si vuelve a ocurrir, pida ayuda e indique los datos de abajo.',
    },
    provider_unavailable: {
      title: 'El inicio de sesión de Microsoft no responde',
      happened: 'No hemos podido comunicar con Microsoft. Su cuenta no tiene ningún problema.',
      todo: 'Espere un minuto y vuelva a intentarlo. Volverá a la página que quería.',
    },
    app_credentials: {
      title: 'Esta aplicación no está bien configurada',
      happened: 'Microsoft no ha aceptado esta aplicación. Su cuenta no tiene ningún problema.',
      todo: 'Informe del problema e indique los datos de abajo.',
    },
    app_registration: {
      title: 'Esta aplicación no está bien registrada',
      happened:
        'Microsoft no ha aceptado lo que pidió esta aplicación. Su cuenta no tiene ningún problema.',
      todo: 'Informe del problema e indique los datos de abajo.',
    },
    cookies_blocked: {
      title: 'Su navegador no ha conservado nuestra cookie',
      happened:
        'No podemos iniciar su sesión sin una cookie, y su navegador no ha devuelto la nuestra.',
      todo: 'Permita las cookies para este sitio e inicie sesión de nuevo. Si usa una ventana privada, pruebe con una normal.',
    },
    page_forbidden: {
      title: 'Su cuenta no puede abrir esta página',
      happened: 'Ha iniciado sesión, pero esta página no está abierta para su cuenta.',
      todo: 'Si acaban de darle acceso, inicie sesión de nuevo. Si necesita esta página para su trabajo, pida acceso. Si tiene otra cuenta aquí, use esa.',
    },
    not_confirmed: {
      title: 'No hemos podido confirmar que es usted',
      happened:
        'Esta página pide que demuestre en Microsoft que es realmente usted. Esta vez no ha ocurrido. Su sesión sigue abierta.',
      todo: 'Inténtelo de nuevo y siga hasta el final lo que Microsoft le muestre.',
    },
    revocations_unavailable: {
      title: 'Esta página está cerrada por un momento',
      happened:
        'Ahora no podemos comprobar qué sesiones han terminado, y esta página sigue cerrada hasta que podamos. Su sesión sigue abierta, y las demás páginas también.',
      todo: 'Espere un minuto y vuelva a intentarlo.',
    },
    groups_unavailable: {
      title: 'Microsoft no ha podido indicarnos sus grupos',
      happened:
        'Lo que puede abrir aquí depende de sus grupos, y Microsoft no ha podido decirnos ahora a cuáles pertenece.',
      todo: 'Espere un minuto y vuelva a intentarlo. Si vuelve a ocurrir, pida ayuda e indique los datos de abajo.',
    },
    session_not_kept: {
      title: 'Su navegador no mantiene su sesión abierta',
      happened:
        'Ha iniciado sesión en Microsoft varias veces, pero nuestra cookie desaparecía cada vez justo después.',
      todo: 'Permita las cookies para este sitio, espere un minuto e inicie sesión de nuevo.',
    },
    unknown: {
      title: 'El inicio de sesión no ha funcionado',
      happened: 'Algo ha salido mal y no sabemos qué.',
      todo: 'Inténtelo de nuevo. Si vuelve a ocurrir, pida ayuda e indique los datos de abajo.',
    },
  },
} satisfies Words;
