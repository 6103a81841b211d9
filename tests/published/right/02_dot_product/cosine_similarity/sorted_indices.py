"""max over the indices with the similarity as key; a search in pure Python."""


def nearest(query, embeddings):
    scores = similarities(query, embeddings).tolist()
    return max(range(len(scores)), key=scores.__getitem__)
