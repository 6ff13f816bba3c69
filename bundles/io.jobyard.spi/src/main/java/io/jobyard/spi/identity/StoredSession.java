// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.identity;

import io.jobyard.spi.access.Caller;
import java.time.Duration;
import java.time.Instant;

/**
 * A session of somebody who has signed in. All instants are in whole microseconds.
 *
 * @param hash the SHA-256 of the cookie, in hexadecimal digits
 * @param kind what kind of caller: a user, or the local administrator
 * @param user the caller's name
 * @param version that of the user when the session began, with which it ends; 0 for the local administrator's
 * @param usedAt when it was used last, to the minute
 */
public record StoredSession(
        String hash,
        Caller.CallerKind kind,
        String user,
        int version,
        String address,
        Instant startedAt,
        Instant usedAt) {

    /** So long after its last use a session is over. */
    public static final Duration IDLE = Duration.ofHours(12);
    /** So long after its beginning it is over, however much it is used. */
    public static final Duration LONGEST = Duration.ofDays(7);

    private static final int SHOWN = 12;

    /**
     * Identifies the session for people: the first digits of the hash, which give no access.
     *
     * @return 12 hexadecimal digits
     */
    public String id() {
        return hash.substring(0, SHOWN);
    }

    /**
     * When it is over unless it is used before.
     *
     * @return the earlier of both bounds
     */
    public Instant until() {
        Instant idle = usedAt.plus(IDLE);
        Instant longest = startedAt.plus(LONGEST);
        return idle.isBefore(longest) ? idle : longest;
    }

    /** Whose it is. */
    public Caller caller() {
        return new Caller(kind, user, null);
    }

    /** The same, used once more. */
    public StoredSession used(Instant now) {
        return new StoredSession(hash, kind, user, version, address, startedAt, now);
    }
}
