/** The start page of the demo, in English. */
export const demoEn = {
  title: 'Regulars · demo',
  badge: 'Demo',
  headline: 'A loyalty till that goes on when the network does not',
  lead: 'This is “Kávé & Kenyér”, an invented cafe with invented customers. Try whatever you like: nothing here is real, and a real installation has none of it.',
  till: {
    title: 'Be the barista',
    text: 'Open the till, choose a name, type the PIN. Then switch the network off and go on.',
    action: 'Open the till',
    pins: 'PINs',
    staff: 'staff',
    manager: 'manager',
    typed: 'Pairing code for another tablet',
    find: 'Find somebody by the end of a phone number',
  },
  card: {
    title: 'Be Nóra',
    text: 'She has eight stamps: the next one fills her card. Hold this code before the till’s camera (take a picture of it with your phone), or type the code below it.',
    action: 'Open her card',
    qr: 'QR code of Nóra’s card',
    typed: 'Code to type',
  },
  office: {
    title: 'Be the owner',
    text: 'See the day across both tills, one gift that was given twice, and change the program.',
    action: 'Open the back office',
    login: 'E-mail and password',
  },
  own: 'Your own shop: start the server with REGULARS_MODE=live; it prints a set-up link. The README has the rest.',
};

export type DemoMessages = typeof demoEn;
