// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.identity;

import io.jobyard.spi.access.Caller;
import java.time.Duration;
import java.time.Instant;

/**
 * Stored session of a signed-in user. All instants are in whole microseconds.
 *
 * @param hash the SHA-256 of the cookie, in hexadecimal digits
 * @param kind kind of caller: a user, or the local administrator
 * @param user the caller's name
 * @param version version of the user when the session began; a new version ends the session; 0 for the local administrator
 * @param usedAt time of the last use, to the minute
 */
public record StoredSession(
        String hash,
        Caller.CallerKind kind,
        String user,
        int version,
        String address,
        Instant startedAt,
        Instant usedAt) {

    /** Time after its last use at which a session ends. */
    public static final Duration IDLE = Duration.ofHours(12);
    /** Time after its begin at which a session ends, even if it is in use. */
    public static final Duration LONGEST = Duration.ofDays(7);

    private static final int SHOWN = 12;

    /** Returns an ID of the session for users: the first 12 hexadecimal digits of the hash, which give no access. */
    public String id() {
        return hash.substring(0, SHOWN);
    }

    /** Returns the time at which the session ends if it is not used again: the earlier of the two bounds. */
    public Instant until() {
        Instant idle = usedAt.plus(IDLE);
        Instant longest = startedAt.plus(LONGEST);
        return idle.isBefore(longest) ? idle : longest;
    }

    /** Returns the caller of the session. */
    public Caller caller() {
        return new Caller(kind, user, null);
    }

    /** Returns a copy with its last use set to now. */
    public StoredSession used(Instant now) {
        return new StoredSession(hash, kind, user, version, address, startedAt, now);
    }
}
