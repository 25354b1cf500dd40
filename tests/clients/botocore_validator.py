"""What botocore's validator says of inputs.

    python botocore_validator.py MODEL FILE

MODEL is a service model, FILE has a JSON list of [operation, input]. Prints a list of lists of [what, where], in the
same order.
"""

import json
import sys

from botocore.model import ServiceModel
from botocore.validate import ParamValidator

with open(sys.argv[1], encoding="utf-8") as file:
    model = ServiceModel(json.load(file))
with open(sys.argv[2], encoding="utf-8") as file:
    questions = json.load(file)
validator = ParamValidator()
answers = []
for operation, params in questions:
    found = validator.validate(params, model.operation_model(operation).input_shape)
    answer = []
    for what, where, more in found._errors:
        if what == "missing required field":
            where = f"{where}.{more['required_name']}"
        answer.append([what, where.removeprefix(".")])
    answers.append(answer)
print(json.dumps(answers))
