"""Steps over 64 bytes at a time, as LLVM vectors, which become AVX-512, AVX2, SSE or NEON as there is."""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

_BYTES = ir.VectorType(ir.IntType(8), 64)
_MASK = ir.IntType(64)


def _step(function: Any) -> Any:
    """An intrinsic: numba calls the function while it compiles, and gives it the typing context first."""
    return intrinsic(function)


def _all(value):
    return ir.Constant(_BYTES, [value] * 64)


def _data(context, builder, kind, array):
    return context.make_array(kind)(context, builder, array).data


def _load(builder, pointer, at, kind):
    place = builder.bitcast(builder.gep(pointer, [at]), kind.as_pointer())
    value = builder.load(place)
    value.align = 1
    return value


def _store(builder, value, pointer, at):
    place = builder.bitcast(builder.gep(pointer, [at]), value.type.as_pointer())
    builder.store(value, place).align = 1


def _between(builder, value, first, number):
    return builder.icmp_unsigned("<", builder.sub(value, _all(first)), _all(number))


@_step
def fold_64(_context, text, i, folded, o, capital):
    """Fold 64 bytes of ASCII and say which are capitals; the mask of the bytes that are not ASCII."""

    def code(context, builder, signature, arguments):
        source, into, flags = (_data(context, builder, signature.args[k], arguments[k]) for k in (0, 2, 4))
        value = _load(builder, source, arguments[1], _BYTES)
        upper = _between(builder, value, 0x41, 26)
        value = builder.add(value, builder.select(upper, _all(32), _all(0)))
        word = builder.or_(_between(builder, value, 0x61, 26), _between(builder, value, 0x30, 10))
        _store(builder, builder.select(word, value, _all(0x20)), into, arguments[3])
        _store(builder, builder.zext(upper, _BYTES), flags, arguments[3])
        return builder.bitcast(builder.icmp_unsigned(">=", value, _all(0x80)), _MASK)

    return types.uint64(text, types.int64, folded, types.int64, capital), code


@_step
def letters_and_digits_64(_context, folded, i):
    """The masks of the letters and of the digits among 64 folded bytes."""

    def code(context, builder, signature, arguments):
        value = _load(builder, _data(context, builder, signature.args[0], arguments[0]), arguments[1], _BYTES)
        masks = (builder.icmp_unsigned(">=", value, _all(0x61)), _between(builder, value, 0x30, 10))
        return context.make_tuple(builder, signature.return_type, [builder.bitcast(m, _MASK) for m in masks])

    return types.UniTuple(types.uint64, 2)(folded, types.int64), code


@_step
def breaks_and_starts_64(_context, text, i):
    """The masks of the line breaks and of the first bytes of characters among 64 bytes of UTF-8."""

    def code(context, builder, signature, arguments):
        value = _load(builder, _data(context, builder, signature.args[0], arguments[0]), arguments[1], _BYTES)
        inside = builder.icmp_unsigned("==", builder.and_(value, _all(0xC0)), _all(0x80))
        masks = (builder.icmp_unsigned("==", value, _all(0x0A)), builder.not_(inside))
        return context.make_tuple(builder, signature.return_type, [builder.bitcast(m, _MASK) for m in masks])

    return types.UniTuple(types.uint64, 2)(text, types.int64), code


@_step
def count_bits(_context, mask):
    """How many bits are set."""

    def code(context, builder, signature, arguments):
        return builder.ctpop(arguments[0])

    return types.int64(types.uint64), code


@_step
def load_64(_context, folded, i):
    """Eight bytes as a number, the first the lowest."""

    def code(context, builder, signature, arguments):
        return _load(builder, _data(context, builder, signature.args[0], arguments[0]), arguments[1], _MASK)

    return types.uint64(folded, types.int64), code


@_step
def first_bit(_context, mask):
    """The number of the lowest bit that is set."""

    def code(context, builder, signature, arguments):
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 0))

    return types.int64(types.uint64), code
