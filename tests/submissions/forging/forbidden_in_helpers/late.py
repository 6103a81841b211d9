def result(v, w):
    return v.dot(w)
