"""boto3 and pycognito against the emulator: sign up, confirm, sign in with SRP, with a remembered device, with TOTP,
refresh, and read users.

    python sign_in.py URL

The emulator's issuer must be its URL: pycognito fetches the keys there and verifies the tokens.
"""

import base64
import hashlib
import hmac
import json
import struct
import sys
import time
import urllib.request

import boto3
from pycognito import Cognito
from pycognito.aws_srp import AWSSRP, generate_hash_device
from pycognito.exceptions import SoftwareTokenMFAChallengeException

URL = sys.argv[1]
PASSWORD = "Correct-horse1"


def last_code(name):
    with urllib.request.urlopen(f"{URL}/outbox?recipient={name}") as answer:
        return json.load(answer)[-1]["code"]


def totp(secret):
    mac = hmac.new(base64.b32decode(secret + "=" * (-len(secret) % 8)), struct.pack(">Q", int(time.time()) // 30), hashlib.sha1)
    digest = mac.digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


client = boto3.client(
    "cognito-idp", region_name="us-east-1", endpoint_url=URL, aws_access_key_id="test", aws_secret_access_key="test"
)
pool = client.create_user_pool(
    PoolName="clients",
    AutoVerifiedAttributes=["email"],
    DeviceConfiguration={"ChallengeRequiredOnNewDevice": True, "DeviceOnlyRememberedOnUserPrompt": False},
)["UserPool"]["Id"]
client.set_user_pool_mfa_config(
    UserPoolId=pool, SoftwareTokenMfaConfiguration={"Enabled": True}, MfaConfiguration="OPTIONAL"
)
app = client.create_user_pool_client(
    UserPoolId=pool,
    ClientName="clients",
    GenerateSecret=True,
    ExplicitAuthFlows=["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
)["UserPoolClient"]


def user(**more):
    return Cognito(
        pool,
        app["ClientId"],
        client_secret=app["ClientSecret"],
        username="alice",
        user_pool_region="us-east-1",
        access_key="test",
        secret_key="test",
        boto3_client_kwargs={"endpoint_url": URL},
        **more,
    )


alice = user()
alice.set_base_attributes(email="alice@example.com")
alice.register("alice", PASSWORD)
alice.confirm_sign_up(last_code("alice"), "alice")

alice.authenticate(password=PASSWORD)
assert alice.get_user().email == "alice@example.com"
alice.renew_access_token()
assert [one["Username"] for one in client.list_users(UserPoolId=pool)["Users"]] == ["alice"]

# A device that is confirmed signs in with its own password.
public = client.create_user_pool_client(
    UserPoolId=pool, ClientName="public", ExplicitAuthFlows=["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
)["UserPoolClient"]["ClientId"]
tokens = AWSSRP("alice", PASSWORD, pool, public, client=client).authenticate_user()["AuthenticationResult"]
device = tokens["NewDeviceMetadata"]
device_password, verifier = generate_hash_device(device["DeviceGroupKey"], device["DeviceKey"])
client.confirm_device(
    AccessToken=tokens["AccessToken"],
    DeviceKey=device["DeviceKey"],
    DeviceName="python",
    DeviceSecretVerifierConfig=verifier,
)

# An authenticator app is enrolled; the device spares its code, another device doesn't.
alice = user(access_token=tokens["AccessToken"])
secret = alice.associate_software_token()
assert alice.verify_software_token(totp(secret))
alice.set_user_mfa_preference(False, True, "SOFTWARE_TOKEN")
again = AWSSRP(
    "alice",
    PASSWORD,
    pool,
    public,
    client=client,
    device_key=device["DeviceKey"],
    device_group_key=device["DeviceGroupKey"],
    device_password=device_password,
).authenticate_user()
assert again["AuthenticationResult"]["AccessToken"], again

alice = user()
try:
    alice.authenticate(password=PASSWORD)
    raise AssertionError("a code is asked for")
except SoftwareTokenMFAChallengeException as asked:
    alice.respond_to_software_token_mfa_challenge(totp(secret), asked.get_tokens())
assert alice.get_user().email == "alice@example.com"

try:
    user().authenticate(password="Wrong-horse1")
    raise AssertionError("the password is wrong")
except client.exceptions.NotAuthorizedException as refused:
    assert "Incorrect username or password." in str(refused), refused
print("signed in with", boto3.__name__, boto3.__version__)
