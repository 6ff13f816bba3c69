// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.sql;

import io.jobyard.api.JobId;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Job IDs in the form of the database: 16 bytes, in the order of the IDs. */
public final class Ids {

    /**
     * Sizes of lists in queries. There are few, so that few statements are compiled, and none is large, because Derby scans a table of
     * thousands for a list of hundreds.
     */
    private static final int[] SIZES = {1, 8, 64};

    public static final JobId LEAST = new JobId(new UUID(0, 0));
    public static final JobId GREATEST = new JobId(new UUID(-1, -1));

    private Ids() {}

    public static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    public static UUID uuid(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    public static JobId job(byte[] bytes) {
        return new JobId(uuid(bytes));
    }

    /** Returns several IDs as a text. */
    public static String text(Collection<JobId> ids) {
        return ids.stream().map(JobId::toString).collect(Collectors.joining(","));
    }

    /** Parses the IDs of a text, in its order. */
    public static List<JobId> read(String text) {
        return text.isEmpty()
                ? List.of()
                : Stream.of(text.split(",")).map(JobId::of).toList();
    }

    /** Returns the ID in the first column. */
    public static JobId first(ResultSet row) throws SQLException {
        return job(row.getBytes(1));
    }

    /** Returns lists for IN, each padded to one of a few sizes with copies of its last ID. */
    public static List<List<byte[]>> chunks(Collection<JobId> ids) {
        return chunks(ids.stream().map(id -> bytes(id.value())).toList());
    }

    /** Returns lists for IN of values that are not job IDs. */
    public static List<List<byte[]>> chunks(List<byte[]> all) {
        int largest = SIZES[SIZES.length - 1];
        List<List<byte[]>> chunks = new ArrayList<>();
        for (int from = 0; from < all.size(); from += largest) {
            List<byte[]> chunk = new ArrayList<>(all.subList(from, Math.min(from + largest, all.size())));
            int size = sizeFor(chunk.size());
            while (chunk.size() < size) {
                chunk.add(chunk.get(chunk.size() - 1));
            }
            chunks.add(chunk);
        }
        return chunks;
    }

    private static int sizeFor(int count) {
        for (int size : SIZES) {
            if (count <= size) {
                return size;
            }
        }
        throw new IllegalArgumentException(count + " IDs are too many for one list");
    }
}
