import { html } from 'hono/html';
import type { DemoMessages } from '../../i18n/en/demo.ts';
import { DEMO_OWNER, DEMO_PAIRING_CODE, DEMO_STAFF } from './access.ts';
import { NORA, NORA_PHONE } from './people.ts';

interface StartPage {
  readonly language: 'en' | 'hu';
  readonly text: DemoMessages;
  /** The demo customer's code as one types it, in groups. */
  readonly typedCode: string;
}

/** The page at the demo's bare address. Plain HTML with a style sheet of its own: the CSP allows nothing inline. */
export function startPage({ language, text, typedCode }: StartPage) {
  const barista = DEMO_STAFF[0];
  const manager = DEMO_STAFF.find((one) => one.role === 'manager') ?? DEMO_STAFF[0];
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${text.title}</title>
        <link rel="icon" href="/icons/till.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/demo/start.css" />
      </head>
      <body>
        <header class="head">
          <div class="bar">
            <p class="badge">${text.badge}</p>
            <nav class="languages">
              <a href="/?lang=en" lang="en">English</a>
              <a href="/?lang=hu" lang="hu">Magyar</a>
            </nav>
          </div>
          <h1>${text.headline}</h1>
          <p class="lead">${text.lead}</p>
        </header>
        <main class="ways">
          <section class="way">
            <h2><span class="number" aria-hidden="true">1</span>${text.till.title}</h2>
            <p>${text.till.text}</p>
            <a class="main" href="/till/#pair=${DEMO_PAIRING_CODE}">${text.till.action}</a>
            <dl>
              <dt>${text.till.pins}</dt>
              <dd><b>${barista.name}</b> ${barista.pin} <i>${text.till.staff}</i></dd>
              <dd><b>${manager.name}</b> ${manager.pin} <i>${text.till.manager}</i></dd>
              <dt>${text.till.find}</dt>
              <dd><b>${NORA}</b> ${NORA_PHONE.slice(-4)}</dd>
              <dt>${text.till.typed}</dt>
              <dd class="code">${DEMO_PAIRING_CODE}</dd>
            </dl>
          </section>
          <section class="way accent">
            <h2><span class="number" aria-hidden="true">2</span>${text.card.title}</h2>
            <p>${text.card.text}</p>
            <a class="main" href="/demo/card" target="_blank" rel="noopener">${text.card.action}</a>
            <div class="show">
              <img class="qr" src="/demo/card.svg" width="280" height="280" alt="${text.card.qr}" />
              <p class="code"><span class="spoken">${text.card.typed}: </span>${typedCode}</p>
            </div>
          </section>
          <section class="way">
            <h2><span class="number" aria-hidden="true">3</span>${text.office.title}</h2>
            <p>${text.office.text}</p>
            <a class="main" href="/office/" target="_blank" rel="noopener">${text.office.action}</a>
            <dl>
              <dt>${text.office.login}</dt>
              <dd>${DEMO_OWNER.email}</dd>
              <dd>${DEMO_OWNER.password}</dd>
            </dl>
          </section>
        </main>
        <footer class="foot"><p>${text.own}</p></footer>
      </body>
    </html>`;
}
