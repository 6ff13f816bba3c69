// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.index;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Numbers of labels, stored with eight bytes each. */
final class LabelNumbers {

    private LabelNumbers() {}

    static byte[] bytes(List<Long> labels) {
        ByteBuffer out = ByteBuffer.allocate(labels.size() * Long.BYTES);
        labels.forEach(out::putLong);
        return out.array();
    }

    static List<Long> read(byte[] bytes) {
        List<Long> labels = new ArrayList<>();
        for (ByteBuffer in = ByteBuffer.wrap(bytes); in.hasRemaining(); ) {
            labels.add(in.getLong());
        }
        return labels;
    }
}
