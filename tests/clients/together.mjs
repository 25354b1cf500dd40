// amazon-cognito-identity-js as a second client of somebody else's users and devices.
//
//     node together.mjs URL POOL APP sign-up NAME
//     node together.mjs URL POOL APP sign-in NAME TOTP-SECRET [DEVICE]
//
// `sign-in` prints, as JSON, which challenges there were and the device that it has confirmed. DEVICE is such a device,
// which signs in.

import cognito from "amazon-cognito-identity-js";
import { createHmac } from "node:crypto";

const { AuthenticationDetails, CognitoUser, CognitoUserAttribute, CognitoUserPool } = cognito;
const [url, poolId, app, action, name, secret, given] = process.argv.slice(2);
const Password = "Correct-horse1";

const store = new Map();
const Storage = {
  setItem: (key, value) => store.set(key, value),
  getItem: (key) => store.get(key) ?? null,
  removeItem: (key) => store.delete(key),
  clear: () => store.clear(),
};
const pool = new CognitoUserPool({ UserPoolId: poolId, ClientId: app, endpoint: url, Storage });
const user = new CognitoUser({ Username: name, Pool: pool, Storage });
// Where the library keeps a device.
const place = (part) => `CognitoIdentityServiceProvider.${app}.${name}.${part}`;
const called = (call) =>
  new Promise((resolve, reject) => call((error, value) => (error ? reject(error) : resolve(value))));

function totp() {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000)));
  const mac = createHmac("sha1", key).update(step).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

if (action === "sign-up") {
  const email = new CognitoUserAttribute({ Name: "email", Value: `${name}@example.com` });
  await called((done) => pool.signUp(name, Password, [email], null, done));
  const messages = await (await fetch(`${url}/outbox?recipient=${name}`)).json();
  await called((done) => user.confirmRegistration(messages.at(-1).code, true, done));
} else {
  if (given) {
    const device = JSON.parse(given);
    store.set(place("deviceKey"), device.key);
    store.set(place("deviceGroupKey"), device.group_key);
    store.set(place("randomPasswordKey"), device.password);
  }
  const asked = [];
  await new Promise((resolve, reject) => {
    const callbacks = {
      onSuccess: resolve,
      onFailure: reject,
      totpRequired: () => {
        asked.push("SOFTWARE_TOKEN_MFA");
        user.sendMFACode(totp(), callbacks, "SOFTWARE_TOKEN_MFA");
      },
    };
    user.authenticateUser(new AuthenticationDetails({ Username: name, Password }), callbacks);
  });
  const device = {
    key: store.get(place("deviceKey")),
    group_key: store.get(place("deviceGroupKey")),
    password: store.get(place("randomPasswordKey")),
  };
  console.log(JSON.stringify({ asked, device }));
}
