"""pycognito as a second client of somebody else's users and devices.

    python together.py URL POOL APP sign-up NAME
    python together.py URL POOL APP sign-in NAME TOTP-SECRET [DEVICE]

`sign-in` prints, as JSON, which challenges there were and the device that it has confirmed. DEVICE is such a device, which
signs in.
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

URL, POOL, APP, ACTION, NAME = sys.argv[1:6]
PASSWORD = "Correct-horse1"
client = boto3.client(
    "cognito-idp", region_name="us-east-1", endpoint_url=URL, aws_access_key_id="test", aws_secret_access_key="test"
)


def totp(secret):
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def sign_up():
    user = Cognito(
        POOL,
        APP,
        user_pool_region="us-east-1",
        access_key="test",
        secret_key="test",
        boto3_client_kwargs={"endpoint_url": URL},
    )
    user.set_base_attributes(email=f"{NAME}@example.com")
    user.register(NAME, PASSWORD)
    with urllib.request.urlopen(f"{URL}/outbox?recipient={NAME}") as answer:
        user.confirm_sign_up(json.load(answer)[-1]["code"], NAME)


def sign_in(secret, device=None):
    asked = []
    known = {"device_" + name: value for name, value in (device or {}).items()}
    try:
        tokens = AWSSRP(NAME, PASSWORD, POOL, APP, client=client, **known).authenticate_user()
    except SoftwareTokenMFAChallengeException as challenge:
        asked.append("SOFTWARE_TOKEN_MFA")
        tokens = client.respond_to_auth_challenge(
            ClientId=APP,
            ChallengeName="SOFTWARE_TOKEN_MFA",
            Session=challenge.get_tokens()["Session"],
            ChallengeResponses={"USERNAME": NAME, "SOFTWARE_TOKEN_MFA_CODE": totp(secret)},
        )
    result = tokens["AuthenticationResult"]
    if "NewDeviceMetadata" in result:
        new = result["NewDeviceMetadata"]
        # The library's own confirm_device asks AWS, whatever the client's endpoint is.
        password, verifier = generate_hash_device(new["DeviceGroupKey"], new["DeviceKey"])
        client.confirm_device(
            AccessToken=result["AccessToken"], DeviceKey=new["DeviceKey"], DeviceSecretVerifierConfig=verifier
        )
        device = {"key": new["DeviceKey"], "group_key": new["DeviceGroupKey"], "password": password}
    print(json.dumps({"asked": asked, "device": device}))


if ACTION == "sign-up":
    sign_up()
else:
    sign_in(sys.argv[6], json.loads(sys.argv[7]) if len(sys.argv) > 7 else None)
