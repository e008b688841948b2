/** Whom every session of the bench belongs to. */
export const person = {
  name: 'Ada Berg',
  email: 'ada.berg@contoso.example',
  roles: ['Admin', 'Auditor', 'Editor'],
};
