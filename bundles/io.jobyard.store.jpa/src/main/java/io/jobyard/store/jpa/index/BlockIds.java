// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.index;

import io.jobyard.api.JobId;
import java.nio.ByteBuffer;
import java.util.UUID;

/** IDs and creation times of the jobs of a block, in stored form. */
public record BlockIds(byte[] bytes) {

    private static final int EACH = 3 * Long.BYTES;

    static BlockIds of(JobId[] ids, long[] created, int size) {
        ByteBuffer out = ByteBuffer.allocate(size * EACH);
        for (int position = 0; position < size; position++) {
            UUID id = ids[position].value();
            out.putLong(id.getMostSignificantBits())
                    .putLong(id.getLeastSignificantBits())
                    .putLong(created[position]);
        }
        return new BlockIds(out.array());
    }

    int size() {
        return bytes.length / EACH;
    }

    JobId id(int position) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new JobId(new UUID(in.getLong(position * EACH), in.getLong(position * EACH + Long.BYTES)));
    }

    long createdAt(int position) {
        return ByteBuffer.wrap(bytes).getLong(position * EACH + 2 * Long.BYTES);
    }
}
