/** First visit and sign-in. */
export const gate = {
  setupTitle: 'Welcome to Openline',
  setupLead:
    'Make the first administrator. The setup code stands in the terminal where Openline was started.',
  name: 'Your name',
  email: 'E-mail',
  password: 'Password',
  passwordHelp: 'At least 8 characters.',
  code: 'Setup code',
  create: 'Create administrator',
  signInTitle: 'Sign in',
  signInLead: 'Good to see you.',
  signIn: 'Sign in',
  forgot: 'Forgot the password? An administrator can set a new one.',
};
