// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.identity;

import io.jobyard.spi.access.Permission;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Stored token with which a program acts as a user. All instants are in whole microseconds.
 *
 * @param hash the SHA-256 of the secret, in hexadecimal digits
 * @param name unique among the tokens of the owner, including revoked ones
 * @param permissions scope of the token; null for all permissions of its owner
 */
public record StoredToken(
        String hash,
        String owner,
        String name,
        @Nullable Set<Permission> permissions,
        Instant createdAt,
        String createdBy,
        TokenLife life) {

    /**
     * Validity of a token.
     *
     * @param expiresAt end of its validity; null if it does not expire
     * @param usedAt time of the last use, to the minute; null for none
     * @param revokedAt time of its revocation; null for none
     */
    public record TokenLife(
            @Nullable Instant expiresAt,
            @Nullable Instant usedAt,
            @Nullable Instant revokedAt) {}

    public StoredToken {
        permissions = permissions == null ? null : Set.copyOf(permissions);
    }

    /** Returns whether the token has expired or was revoked. */
    public boolean isFinished(Instant now) {
        return life.revokedAt != null || life.expiresAt != null && !now.isBefore(life.expiresAt);
    }

    /** Returns a copy within the bounds of its creator's token: with the permissions that both have, until the earlier end. */
    public StoredToken within(StoredToken maker) {
        TokenLife shorter = new TokenLife(
                earlier(life.expiresAt, maker.life.expiresAt),
                life.usedAt,
                earlier(life.revokedAt, maker.life.revokedAt));
        return with(common(maker.permissions), shorter);
    }

    /** Returns a copy with at most these permissions. */
    public StoredToken granting(Set<Permission> most) {
        return with(common(most), life);
    }

    /** Returns a copy with the time of its last use. */
    public StoredToken used(Instant now) {
        return with(permissions, new TokenLife(life.expiresAt, now, life.revokedAt));
    }

    /** Returns a revoked copy. */
    public StoredToken revoked(Instant now) {
        return with(permissions, new TokenLife(life.expiresAt, life.usedAt, now));
    }

    private StoredToken with(@Nullable Set<Permission> granted, TokenLife then) {
        return new StoredToken(hash, owner, name, granted, createdAt, createdBy, then);
    }

    private @Nullable Set<Permission> common(@Nullable Set<Permission> most) {
        if (permissions == null || most == null) {
            return permissions == null ? most : permissions;
        }
        return permissions.stream().filter(most::contains).collect(Collectors.toUnmodifiableSet());
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }
}
