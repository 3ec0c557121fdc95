from _native import crc32, unknown as _unknown


def decompress(data, *args, **kwargs):
    return _unknown("compressed data are not read")


compress = adler32 = decompress
