def deep(n): return 0 if n == 0 else 1 + deep(n - 1)
try:
    deep(5000)
    r = "no"
except RecursionError:
    r = "rec"
result = [deep(100), r]
