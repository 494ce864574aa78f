import { z } from 'zod';

const shortText = (max: number) => z.string().max(max);
const secret = z.string().min(16).max(512);

/** An origin as browsers send it: `https://shop.example`, or `https://*.shop.example` for all its subdomains. */
const origin = z.string().regex(/^https?:\/\/(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/, {
  message: 'Write an origin without a path, in small letters, such as https://www.shop.example.',
});

const OWN_WORDS = "Left empty, the widget says it in the visitor's language.";

/** Settings of one site widget. */
export const webchatConfig = z
  .strictObject({
    title: shortText(60)
      .default('')
      .meta({
        title: 'Title',
        description: `Stands at the top of the open widget. ${OWN_WORDS}`,
        placeholder: 'Chat with us',
      }),
    greeting: shortText(500)
      .default('')
      .meta({
        title: 'Greeting',
        description: `Shown at the beginning of the talk. ${OWN_WORDS}`,
        placeholder: 'Hello! How can we help?',
      }),
    color: z
      .string()
      .regex(/^#[0-9a-fA-F]{6}$/, { message: 'Write a colour as #rrggbb.' })
      .default('#2563eb')
      .meta({
        title: 'Colour',
        description: "Of the button and the visitor's messages; text on it stays readable.",
        placeholder: '#2563eb',
      }),
    position: z.enum(['right', 'left']).default('right').meta({
      title: 'Corner',
      description: 'Where the button stands at the bottom of the page.',
    }),
    language: z.enum(['auto', 'en', 'de', 'ru']).default('auto').meta({
      title: 'Language',
      description: "Of the widget's own words. auto takes the visitor's browser language.",
    }),
    offlineText: shortText(500).default('').meta({
      title: 'Text when nobody is there',
      description: OWN_WORDS,
      placeholder: 'Nobody is here right now. Leave a message and we will get back to you.',
    }),
    askContactWhenOffline: z.boolean().default(true).meta({
      title: 'Ask how to reach the visitor when nobody is there',
      description:
        'Without an e-mail or a phone number an answer only reaches visitors who come back.',
    }),
    consent: shortText(1000).default('').meta({
      title: 'Consent text',
      description:
        'The visitor must agree before the first message; text and time are kept. Empty: not asked.',
    }),
    consentLink: z
      .union([z.literal(''), z.url({ protocol: /^https?$/ }).max(2000)])
      .default('')
      .meta({
        title: 'Privacy policy',
        description: 'Address of the page that the consent text refers to.',
      }),
    allowedOrigins: z.array(origin).max(50).default([]).meta({
      title: 'Sites that may show it',
      description:
        'For example https://www.shop.example or https://*.shop.example. Empty: any site.',
    }),
    identitySecret: secret.optional().meta({
      secret: true,
      title: 'Identity secret',
      description:
        'Your server signs who is signed in (JWT, HS256) with it. Left empty, one is made.',
    }),
    previousIdentitySecret: secret.optional().meta({
      secret: true,
      title: 'Previous identity secret',
      description: 'Still accepted while you change over to a new one.',
    }),
  })
  .meta({ title: 'Site widget' });
