a, *b, c = 1, 2, 3, 4
(d, e), [f] = (1, 2), [3]
g = h = 5
i: int = 3
i += 2
l = [1, 2, 3, 4]
l[1:3] = [9, 9, 9]
del l[0]
l[::2] = ["a", "b"]
result = [a, b, c, d, e, f, g, h, i, l]
