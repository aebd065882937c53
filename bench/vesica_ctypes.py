"""The few functions of vesica.h that the peer benchmarks need, through ctypes."""

import ctypes as c


class Column(c.Structure):
    _fields_ = [
        ("struct_size", c.c_uint32), ("layout", c.c_uint32), ("encoding", c.c_uint32), ("reserved", c.c_uint32),
        ("length", c.c_uint64), ("data", c.c_void_p), ("offsets", c.c_void_p), ("validity", c.c_void_p),
        ("validity_offset", c.c_uint64), ("first_row", c.c_uint64), ("array", c.c_void_p), ("schema", c.c_void_p),
    ]


class Source(c.Structure):
    _fields_ = [
        ("struct_size", c.c_uint32), ("flags", c.c_uint32), ("name", c.c_char_p), ("columns", c.POINTER(Column)),
        ("column_count", c.c_uint64), ("next", c.c_void_p), ("next_user", c.c_void_p), ("shards", c.c_uint64),
        ("row_limit", c.c_uint64), ("stream", c.c_void_p), ("stream_column", c.c_char_p),
        ("stream_encoding", c.c_uint32), ("reserved", c.c_uint32),
    ]


class Estimate(c.Structure):
    _fields_ = [("value", c.c_double), ("lower", c.c_double), ("upper", c.c_double)]


class Error(c.Structure):
    _fields_ = [
        ("struct_size", c.c_uint32), ("status", c.c_int32), ("row", c.c_uint64), ("index", c.c_uint32),
        ("field", c.c_uint32), ("needed_bytes", c.c_uint64), ("message", c.c_char * 256),
    ]


class ContextOptions(c.Structure):
    _fields_ = [
        ("struct_size", c.c_uint32), ("threads", c.c_uint32), ("memory_budget_bytes", c.c_uint64),
        ("progress", c.c_void_p), ("progress_user", c.c_void_p),
    ]


class Vesica:
    """The library with one open profile and one context."""

    def __init__(self, path, profile=b"raw/1", threads=1):
        self.lib = c.CDLL(path)
        self.lib.vesica_version.restype = c.c_char_p
        self.context = c.c_void_p()
        self.profile = c.c_void_p()
        options = ContextOptions(struct_size=c.sizeof(ContextOptions), threads=threads)
        self.check(lambda error: self.lib.vesica_context_create(c.byref(options), c.byref(self.context), error))
        self.check(lambda error: self.lib.vesica_profile_open(profile, None, c.byref(self.profile), error))

    @staticmethod
    def check(call):
        error = Error(struct_size=c.sizeof(Error))
        if call(c.byref(error)) != 0:
            raise RuntimeError(error.message.decode())

    def close(self):
        self.lib.vesica_profile_free(self.profile)
        self.lib.vesica_context_free(self.context)

    def regions(self, arrays):
        """Counts of all regions of Arrow string arrays, indexed by members."""
        columns = [self._column(array) for array in arrays]
        sources = (Source * len(arrays))()
        for source, column in zip(sources, columns):
            source.struct_size = c.sizeof(Source)
            source.columns = c.pointer(column)
            source.column_count = 1
        regions = c.c_void_p()
        self.check(lambda error: self.lib.vesica_regions_of_sources(
            self.context, self.profile, sources, len(arrays), None, c.byref(regions), error))
        counts = [0]
        for members in range(1, 1 << len(arrays)):
            estimate = Estimate()
            self.check(lambda error: self.lib.vesica_regions_region(
                regions, c.c_uint32(members), c.byref(estimate), error))
            counts.append(int(estimate.value))
        self.lib.vesica_regions_free(regions)
        return counts

    @staticmethod
    def _column(array):
        _, offsets, data = array.buffers()
        return Column(struct_size=c.sizeof(Column), layout=1, length=len(array), data=data.address,
                      offsets=offsets.address)
