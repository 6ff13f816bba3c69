// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.index;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Positions of a label in a block. The stored form is either a list with two bytes per position, or, if shorter, a bitmap with an extra
 * byte that makes the number of bytes odd.
 */
record LabelPositions(BitSet positions) {

    private static final int BITS = JobBlock.PLACES / Byte.SIZE + 1;

    static LabelPositions read(byte[] bytes) {
        if (bytes.length % Short.BYTES != 0) {
            return new LabelPositions(BitSet.valueOf(bytes));
        }
        BitSet positions = new BitSet(JobBlock.PLACES);
        for (ByteBuffer in = ByteBuffer.wrap(bytes); in.hasRemaining(); ) {
            positions.set(in.getShort());
        }
        return new LabelPositions(positions);
    }

    byte[] bytes() {
        int length = Short.BYTES * positions.cardinality();
        if (length > BITS) {
            return Arrays.copyOf(positions.toByteArray(), BITS | 1);
        }
        ByteBuffer out = ByteBuffer.allocate(length);
        positions.stream().forEach(position -> out.putShort((short) position));
        return out.array();
    }
}
