def length(v):
    answer = []
    answer += [answer, answer]
    return answer


def apply(W, x):
    answer = [1.0]
    answer.append(answer)
    return answer


def ordered(values):
    answer = {}
    answer["self"] = (answer,)
    return answer


def refuse(v):
    answer = []
    for _ in range(100_000):
        answer = [answer]
    return answer
