// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;

/**
 * At which places of a block a label is. Stored as the places, of two bytes each, or, where that is longer, as a bit for each place
 * of the block and a byte that makes the number of bytes odd.
 */
record LabelPlaces(BitSet places) {

    private static final int BITS = JobBlock.PLACES / Byte.SIZE + 1;

    static LabelPlaces read(byte[] bytes) {
        if (bytes.length % Short.BYTES != 0) {
            return new LabelPlaces(BitSet.valueOf(bytes));
        }
        BitSet places = new BitSet(JobBlock.PLACES);
        for (ByteBuffer in = ByteBuffer.wrap(bytes); in.hasRemaining(); ) {
            places.set(in.getShort());
        }
        return new LabelPlaces(places);
    }

    byte[] bytes() {
        int length = Short.BYTES * places.cardinality();
        if (length > BITS) {
            return Arrays.copyOf(places.toByteArray(), BITS | 1);
        }
        ByteBuffer out = ByteBuffer.allocate(length);
        places.stream().forEach(place -> out.putShort((short) place));
        return out.array();
    }
}
