// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.UUID;

/** Permanent ID of a job. IDs are UUIDs of version 7, so they sort by creation time. */
public record JobId(UUID value) implements Comparable<JobId> {

    /**
     * Parses an id.
     *
     * @param text a UUID, as from {@link #toString()}
     * @throws ValidationException if the text is not a UUID
     */
    public static JobId of(String text) {
        try {
            return new JobId(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            throw new ValidationException(
                    "invalid job ID '" + text + "'; use an ID such as 01978f3c-5c1e-7c39-9d2a-6f1b2e4d8a90");
        }
    }

    @Override
    public int compareTo(JobId other) {
        int high = Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
        return high != 0
                ? high
                : Long.compareUnsigned(value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
