// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.JobId;
import java.nio.ByteBuffer;
import java.util.UUID;

/** The ids of the jobs of a block and the times of their creation, as they are stored. */
record BlockIds(byte[] bytes) {

    private static final int EACH = 3 * Long.BYTES;

    static BlockIds of(JobId[] ids, long[] created, int size) {
        ByteBuffer out = ByteBuffer.allocate(size * EACH);
        for (int place = 0; place < size; place++) {
            UUID id = ids[place].value();
            out.putLong(id.getMostSignificantBits())
                    .putLong(id.getLeastSignificantBits())
                    .putLong(created[place]);
        }
        return new BlockIds(out.array());
    }

    int size() {
        return bytes.length / EACH;
    }

    JobId id(int place) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new JobId(new UUID(in.getLong(place * EACH), in.getLong(place * EACH + Long.BYTES)));
    }

    long createdAt(int place) {
        return ByteBuffer.wrap(bytes).getLong(place * EACH + 2 * Long.BYTES);
    }
}
