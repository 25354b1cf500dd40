// The AWS SDK for JavaScript and amazon-cognito-identity-js against the emulator: sign up, confirm, sign in with SRP, with
// a remembered device, with TOTP, refresh, and read users.
//
//     node sign_in.mjs URL

import {
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  ListUsersCommand,
  SetUserPoolMfaConfigCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import cognito from "amazon-cognito-identity-js";
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";

const { AuthenticationDetails, CognitoUser, CognitoUserAttribute, CognitoUserPool } = cognito;
const url = process.argv[2];
const password = "Correct-horse1";

const store = new Map();
const Storage = {
  setItem: (key, value) => store.set(key, value),
  getItem: (key) => store.get(key) ?? null,
  removeItem: (key) => store.delete(key),
  clear: () => store.clear(),
};

function totp(secret) {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000)));
  const mac = createHmac("sha1", key).update(step).digest();
  const at = mac[19] & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

const lastCode = async (name) => (await (await fetch(`${url}/outbox?recipient=${name}`)).json()).at(-1).code;
const called = (call) =>
  new Promise((resolve, reject) => call((error, value) => (error ? reject(error) : resolve(value))));

const client = new CognitoIdentityProviderClient({
  region: "us-east-1",
  endpoint: url,
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
});
const { UserPool } = await client.send(
  new CreateUserPoolCommand({
    PoolName: "clients",
    AutoVerifiedAttributes: ["email"],
    DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: true },
  }),
);
await client.send(
  new SetUserPoolMfaConfigCommand({
    UserPoolId: UserPool.Id,
    MfaConfiguration: "OPTIONAL",
    SoftwareTokenMfaConfiguration: { Enabled: true },
  }),
);
const { UserPoolClient } = await client.send(
  new CreateUserPoolClientCommand({
    UserPoolId: UserPool.Id,
    ClientName: "clients",
    ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
  }),
);

const pool = new CognitoUserPool({ UserPoolId: UserPool.Id, ClientId: UserPoolClient.ClientId, endpoint: url, Storage });
const email = new CognitoUserAttribute({ Name: "email", Value: "alice@example.com" });
await called((done) => pool.signUp("alice", password, [email], null, done));
const user = () => new CognitoUser({ Username: "alice", Pool: pool, Storage });
await called(async (done) => user().confirmRegistration(await lastCode("alice"), true, done));

// Signs in, and says which challenges there were on the way.
const signIn = (alice, secret, Password = password) =>
  new Promise((resolve, reject) => {
    const asked = [];
    const callbacks = {
      onSuccess: (session, confirm) => resolve({ session, asked, confirm }),
      onFailure: reject,
      totpRequired: () => {
        asked.push("totp");
        alice.sendMFACode(totp(secret), callbacks, "SOFTWARE_TOKEN_MFA");
      },
    };
    alice.authenticateUser(new AuthenticationDetails({ Username: "alice", Password }), callbacks);
  });

const alice = user();
const first = await signIn(alice);
assert.equal(first.confirm, true, "the user is asked whether the device is to be remembered");
await new Promise((onSuccess, onFailure) => alice.setDeviceStatusRemembered({ onSuccess, onFailure }));
const attributes = await called((done) => alice.getUserAttributes(done));
assert.equal(attributes.find((attribute) => attribute.getName() === "email_verified").getValue(), "true");

const secret = await new Promise((associateSecretCode, onFailure) =>
  alice.associateSoftwareToken({ associateSecretCode, onFailure }),
);
await new Promise((onSuccess, onFailure) =>
  alice.verifySoftwareToken(totp(secret), "javascript", { onSuccess, onFailure }),
);
await called((done) => alice.setUserMfaPreference(null, { Enabled: true, PreferredMfa: true }, done));

// The remembered device spares the code; without it, the code is asked for.
assert.deepEqual((await signIn(user(), secret)).asked, []);
const kept = new Map(store);
for (const key of kept.keys()) {
  if (/deviceKey|deviceGroupKey|randomPasswordKey/.test(key)) store.delete(key);
}
const other = user();
const second = await signIn(other, secret);
assert.deepEqual(second.asked, ["totp"]);
const refreshed = await called((done) => other.refreshSession(second.session.getRefreshToken(), done));
assert.notEqual(refreshed.getAccessToken().getJwtToken(), second.session.getAccessToken().getJwtToken());
await assert.rejects(signIn(user(), secret, "Wrong-horse1"), { code: "NotAuthorizedException" });

const { Users } = await client.send(new ListUsersCommand({ UserPoolId: UserPool.Id, Filter: 'email = "alice@example.com"' }));
assert.deepEqual(Users.map((one) => one.Username), ["alice"]);
console.log("signed in with Node.js", process.version);
