import inspect


async def fetch():
    pass


async def stream():
    yield 1


class A:
    async def run(self):
        pass


result = [inspect.iscoroutinefunction(f) for f in (fetch, stream, A.run, A().run, len, A)]
